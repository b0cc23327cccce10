package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnTest {

    private final FakeRuntime time = new FakeRuntime();
    private final Turn turn = new Turn(time);

    private static String me() {
        return Thread.currentThread().getName();
    }

    private void await() throws InterruptedException {
        turn.await(() -> false);
    }

    @Test
    void onlyTheTurnOfOneWhoWaitsIsLentAndOnlyOnce() throws Exception {
        assertThat(turn.isOpen() || turn.borrow(), is(false));
        List<Boolean> seen = new ArrayList<>();
        time.meanwhile(() -> {
            seen.add(turn.isOpen());
            seen.add(turn.borrow());
            seen.add(turn.isOpen());
            seen.add(turn.borrow());
            turn.giveBack(false);
            seen.add(turn.isOpen());
        });
        await();
        assertThat(seen, is(List.of(true, true, false, false, true)));
        assertThat(turn.isOpen() || turn.borrow(), is(false));
    }

    @Test
    void oneWhoSeesNewsDoesNotWait() throws Exception {
        turn.await(() -> turn.isOpen()); // by then others see that it would
        assertThat(time.waits(), is(List.of()));
    }

    @Test
    void readerSleepsThroughWhatIsDoneForIt() throws Exception {
        time.meanwhile(() -> {
            assertThat(turn.borrow(), is(true));
            turn.giveBack(false);
            assertThat(time.woken(), is(List.of()));
        });
        await();
    }

    @Test
    void whatIsGivenBackToTheReaderIsNotLentAgain() throws Exception {
        time.meanwhile(() -> {
            assertThat(turn.borrow(), is(true));
            turn.giveBack(true);
            assertThat(time.woken(), is(List.of(me())));
            assertThat("else the next one would overtake the reader", turn.borrow(), is(false));
        });
        await();
        assertThat(time.waits().size(), is(1));
    }

    @Test
    void readerThatWouldGoOnWaitsUntilItIsGivenBack() throws Exception {
        time.meanwhile(() -> assertThat(turn.borrow(), is(true)));
        time.meanwhile(() -> {}); // woken for nothing
        time.meanwhile(() -> {
            turn.giveBack(false);
            assertThat(time.woken(), is(List.of(me())));
            assertThat(turn.borrow(), is(false));
        });
        await();
        assertThat(time.waits().size(), is(3));
    }

    @Test
    void interruptIsNotForgottenWhileItIsLent() {
        time.meanwhile(() -> {
            assertThat(turn.borrow(), is(true));
            Thread.currentThread().interrupt();
        });
        time.meanwhile(() -> {
            assertThat("it would not wait, but spin", Thread.currentThread().isInterrupted(), is(false));
            turn.giveBack(false);
        });
        assertThrows(InterruptedException.class, this::await);
        assertThat(Thread.currentThread().isInterrupted(), is(false));
        assertThat(turn.isOpen(), is(false));
    }

    @Test
    void onlyOneWhoWaitsIsWoken() throws Exception {
        turn.wake();
        assertThat(time.woken(), is(List.of()));
        time.meanwhile(turn::wake);
        await();
        assertThat(time.woken(), is(List.of(me())));
        turn.wake();
        assertThat(time.woken(), is(List.of()));
    }
}
