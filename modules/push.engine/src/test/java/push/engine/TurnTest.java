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
    private final List<String> steps = new ArrayList<>();

    private static String me() {
        return Thread.currentThread().getName();
    }

    private void await() throws InterruptedException {
        turn.await(() -> false);
        steps.add("reader goes on");
    }

    private void meanwhile(String step, Runnable happens) {
        time.meanwhile(() -> {
            steps.add(step);
            happens.run();
        });
    }

    private void assertNobodyCanBorrow() {
        assertThat(turn.isOpen(), is(false));
        assertThat(turn.borrow(), is(false));
    }

    @Test
    void readerThatDoesNotWaitKeepsItsTurn() throws Exception {
        assertNobodyCanBorrow();
        time.meanwhile(() -> {});
        await();
        assertNobodyCanBorrow();
        turn.wake();
        assertThat("it need not be", time.woken(), is(List.of()));
    }

    @Test
    void turnOfAReaderThatWaitsCanBeBorrowedByOneAtATime() throws Exception {
        time.meanwhile(() -> {
            for (int i = 0; i < 3; i++) {
                assertThat(turn.isOpen(), is(true));
                assertThat(turn.borrow(), is(true));
                assertNobodyCanBorrow();
                turn.giveBack(false);
            }
            assertThat("the reader sleeps on", time.woken(), is(List.of()));
        });
        await();
        assertThat(time.waits().size(), is(1));
    }

    @Test
    void whoeverFindsNewsDoesNotWait() throws Exception {
        turn.await(() -> {
            assertThat("else news could be missed by both", turn.isOpen(), is(true));
            turn.wake();
            assertThat(time.woken(), is(List.of(me())));
            return true;
        });
        assertThat(time.waits(), is(List.of()));
        assertNobodyCanBorrow();
    }

    @Test
    void readerThatIsWokenWhileItsTurnIsLentGetsItWhenItIsGivenBack() throws Exception {
        meanwhile("lent", () -> {
            turn.borrow();
            turn.wake();
            assertThat(time.woken(), is(List.of(me())));
        });
        meanwhile("wanted", this::assertNobodyCanBorrow); // and woken for nothing
        meanwhile("given back", () -> {
            turn.giveBack(false);
            assertThat(time.woken(), is(List.of(me())));
            assertNobodyCanBorrow();
        });
        await();
        assertThat(steps, is(List.of("lent", "wanted", "given back", "reader goes on")));
        assertNobodyCanBorrow();
    }

    @Test
    void newsDoNotTakeATurnAwayFromWhoeverHasBorrowedIt() throws Exception {
        meanwhile("given back", () -> turn.giveBack(false));
        turn.await(() -> {
            steps.add("lent");
            return turn.borrow();
        });
        steps.add("reader goes on");
        assertThat(steps, is(List.of("lent", "given back", "reader goes on")));
    }

    /** Where it was borrowed again first, what came later overtook what was left to the reader. */
    @Test
    void turnThatIsGivenToTheReaderCannotBeBorrowedBeforeItHasGoneOn() throws Exception {
        meanwhile("given to the reader", () -> {
            turn.borrow();
            turn.giveBack(true);
            assertThat(time.woken(), is(List.of(me())));
            assertNobodyCanBorrow();
        });
        await();
        assertThat(steps, is(List.of("given to the reader", "reader goes on")));
        meanwhile("lent again", () -> assertThat(turn.borrow(), is(true)));
        meanwhile("given to a reader that wants it", () -> {
            turn.giveBack(true);
            assertNobodyCanBorrow();
        });
        await();
        assertThat(steps.getLast(), is("reader goes on"));
    }

    @Test
    void interruptEndsTheWait() {
        time.meanwhile(() -> Thread.currentThread().interrupt());
        assertThrows(InterruptedException.class, this::await);
        assertThat(Thread.currentThread().isInterrupted(), is(false));
        assertNobodyCanBorrow();
    }

    /** A thread that is interrupted does not sleep: it would go round and round until the turn is given back. */
    @Test
    void interruptWhileTheTurnIsLentCountsOnceItIsGivenBack() {
        meanwhile("lent", () -> {
            turn.borrow();
            Thread.currentThread().interrupt();
        });
        meanwhile("wanted", () -> {
            assertThat(Thread.currentThread().isInterrupted(), is(false));
            Thread.currentThread().interrupt(); // once more
        });
        meanwhile("given back", () -> {
            assertThat(Thread.currentThread().isInterrupted(), is(false));
            turn.giveBack(false);
        });
        assertThrows(InterruptedException.class, this::await);
        assertThat(steps, is(List.of("lent", "wanted", "given back")));
        assertThat(Thread.currentThread().isInterrupted(), is(false));
    }

    @Test
    void lookForNewsThatFailsLeavesTheTurnToTheReader() {
        assertThrows(
                IllegalStateException.class,
                () -> turn.await(() -> {
                    throw new IllegalStateException("no look");
                }));
        assertNobodyCanBorrow();
        turn.wake();
        assertThat(time.woken(), is(List.of()));
    }
}
