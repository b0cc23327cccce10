package push.gateway;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class WakeupTest {

    private final Wakeup wakeup = new Wakeup();

    @AfterEach
    void assertThatNoInterruptIsLeft() {
        assertThat(Thread.interrupted(), is(false));
    }

    @Test
    void interruptsAWait() {
        CountDownLatch never = new CountDownLatch(1);
        assertThat(wakeup.beginWait(), is(true));
        Thread.ofVirtual().start(wakeup::wake);
        assertThrows(InterruptedException.class, never::await);
        assertThat(wakeup.endWait(), is(false));
    }

    @Test
    void preventsAWaitAfterTheWakeup() {
        wakeup.wake();
        assertThat(wakeup.beginWait(), is(false));
        assertThat(wakeup.endWait(), is(false));
    }

    @Test
    void doesNotInterruptAThreadThatDoesNotWait() {
        assertThat(wakeup.beginWait(), is(true));
        assertThat(wakeup.endWait(), is(true));
        wakeup.wake();
        assertThat(Thread.currentThread().isInterrupted(), is(false));
    }

    @Test
    void clearsAnInterruptThatWasNotNeeded() {
        assertThat(wakeup.beginWait(), is(true));
        wakeup.wake();
        assertThat(Thread.currentThread().isInterrupted(), is(true));
        assertThat(wakeup.endWait(), is(false));
    }

    @Test
    void interruptsOnlyOnce() {
        wakeup.wake();
        wakeup.beginWait();
        wakeup.wake();
        assertThat(Thread.currentThread().isInterrupted(), is(false));
        assertThat(wakeup.endWait(), is(false));
    }
}
