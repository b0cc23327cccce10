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
    void leavesNoInterrupt() {
        assertThat(Thread.interrupted(), is(false));
    }

    @Test
    void interruptsAWait() {
        CountDownLatch never = new CountDownLatch(1);
        assertThat(wakeup.enter(), is(true));
        Thread.ofVirtual().start(wakeup::call);
        assertThrows(InterruptedException.class, never::await);
        assertThat(wakeup.leave(), is(false));
    }

    @Test
    void forbidsTheWaitThatComesTooLate() {
        wakeup.call();
        assertThat(wakeup.enter(), is(false));
        assertThat(wakeup.leave(), is(false));
    }

    @Test
    void leavesAloneWhoDoesNotWait() {
        assertThat(wakeup.enter(), is(true));
        assertThat(wakeup.leave(), is(true));
        wakeup.call();
        assertThat(Thread.currentThread().isInterrupted(), is(false));
    }

    @Test
    void takesBackAnInterruptThatWasNotNeeded() {
        assertThat(wakeup.enter(), is(true));
        wakeup.call();
        assertThat(Thread.currentThread().isInterrupted(), is(true));
        assertThat(wakeup.leave(), is(false));
    }

    @Test
    void interruptsOnce() {
        wakeup.call();
        wakeup.enter();
        wakeup.call();
        assertThat(Thread.currentThread().isInterrupted(), is(false));
        assertThat(wakeup.leave(), is(false));
    }
}
