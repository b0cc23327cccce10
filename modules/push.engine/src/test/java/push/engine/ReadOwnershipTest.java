package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadOwnershipTest {

    private final FakeRuntime time = new FakeRuntime();
    private final ReadOwnership ownership = new ReadOwnership(time);
    private final List<String> steps = new ArrayList<>();

    private static String me() {
        return Thread.currentThread().getName();
    }

    private void await() throws InterruptedException {
        ownership.await(() -> false);
        steps.add("reader continues");
    }

    private void meanwhile(String step, Runnable event) {
        time.meanwhile(() -> {
            steps.add(step);
            event.run();
        });
    }

    private void assertReadersAlone() {
        assertThat(ownership.isWaiting(), is(false));
        assertThat(ownership.tryAcquire(), is(false));
    }

    @Test
    void aReaderThatDoesNotWaitIsTheOwner() throws Exception {
        assertReadersAlone();
        time.meanwhile(() -> {});
        await();
        assertReadersAlone();
        ownership.wake();
        assertThat("a thread that does not wait is not woken", time.woken(), is(List.of()));
    }

    @Test
    void oneThreadAtATimeCanTakeTheOwnershipFromAWaitingReader() throws Exception {
        time.meanwhile(() -> {
            for (int i = 0; i < 3; i++) {
                assertThat(ownership.isWaiting(), is(true));
                assertThat(ownership.tryAcquire(), is(true));
                assertReadersAlone();
                ownership.release();
            }
            assertThat("the reader is not woken", time.woken(), is(List.of()));
        });
        await();
        assertThat(time.waits().size(), is(1));
    }

    @Test
    void aReaderThatFindsWorkDoesNotWait() throws Exception {
        ownership.await(() -> {
            assertThat("otherwise both threads could miss the news", ownership.isWaiting(), is(true));
            ownership.wake();
            assertThat(time.woken(), is(List.of(me())));
            return true;
        });
        assertThat(time.waits(), is(List.of()));
        assertReadersAlone();
    }

    @Test
    void aReaderThatIsWokenDuringADeliveryIsTheOwnerAfterTheRelease() throws Exception {
        meanwhile("acquired", () -> {
            ownership.tryAcquire();
            ownership.wake();
            assertThat(time.woken(), is(List.of(me())));
        });
        meanwhile("recalled", this::assertReadersAlone); // and woken without a reason
        meanwhile("released", () -> {
            ownership.release();
            assertThat(time.woken(), is(List.of(me())));
            assertReadersAlone();
        });
        await();
        assertThat(steps, is(List.of("acquired", "recalled", "released", "reader continues")));
        assertReadersAlone();
    }

    @Test
    void aReaderThatFindsWorkDuringADeliveryWaitsForTheRelease() throws Exception {
        meanwhile("released", ownership::release);
        ownership.await(() -> {
            steps.add("acquired");
            return ownership.tryAcquire();
        });
        steps.add("reader continues");
        assertThat(steps, is(List.of("acquired", "released", "reader continues")));
    }

    /**
     * When the dispatcher could acquire the ownership again at once, later events overtook what was left to the reader.
     */
    @Test
    void theDispatcherCannotAcquireBetweenTheReturnAndTheReadersNextWait() throws Exception {
        meanwhile("returned", () -> {
            ownership.tryAcquire();
            ownership.returnToReader();
            assertThat(time.woken(), is(List.of(me())));
            assertReadersAlone();
        });
        await();
        assertThat(steps, is(List.of("returned", "reader continues")));
        meanwhile("acquired again", () -> assertThat(ownership.tryAcquire(), is(true)));
        meanwhile("returned after a recall", () -> {
            ownership.returnToReader();
            assertReadersAlone();
        });
        await();
        assertThat(steps.getLast(), is("reader continues"));
        assertThat(ownership.isHandedBack(), is(false));
    }

    @Test
    void aHandBackIsTheReadersUntilItWaitsAgain() throws Exception {
        meanwhile("handed back", () -> {
            ownership.tryAcquire();
            ownership.handBack();
            assertThat(time.woken(), is(List.of(me())));
            assertReadersAlone();
        });
        await();
        assertThat(ownership.isHandedBack(), is(true));
        assertReadersAlone();
        ownership.acceptHandedBack();
        assertThat(ownership.isHandedBack(), is(false));
        assertThat(ownership.isRejoining(), is(true));
        assertReadersAlone();
        meanwhile("waits again", () -> assertThat(ownership.isWaiting(), is(true)));
        await();
        assertThat(ownership.isRejoining(), is(false));
        assertReadersAlone();
    }

    @Test
    void aHandBackAfterARecallIsNotLost() throws Exception {
        meanwhile("acquired", ownership::tryAcquire);
        meanwhile("handed back", ownership::handBack);
        await();
        assertThat(steps, is(List.of("acquired", "handed back", "reader continues")));
        assertThat(ownership.isHandedBack(), is(true));
    }

    @Test
    void anInterruptEndsTheWait() {
        time.meanwhile(() -> Thread.currentThread().interrupt());
        assertThrows(InterruptedException.class, this::await);
        assertThat(Thread.currentThread().isInterrupted(), is(false));
        assertReadersAlone();
    }

    /** An interrupted thread does not park: the reader would spin until the release. */
    @Test
    void anInterruptDuringADeliveryIsReportedAfterTheRelease() {
        meanwhile("acquired", () -> {
            ownership.tryAcquire();
            Thread.currentThread().interrupt();
        });
        meanwhile("recalled", () -> {
            assertThat(Thread.currentThread().isInterrupted(), is(false));
            Thread.currentThread().interrupt(); // once more
        });
        meanwhile("released", () -> {
            assertThat(Thread.currentThread().isInterrupted(), is(false));
            ownership.release();
        });
        assertThrows(InterruptedException.class, this::await);
        assertThat(steps, is(List.of("acquired", "recalled", "released")));
        assertThat(Thread.currentThread().isInterrupted(), is(false));
    }

    @Test
    void aCheckForWorkThatFailsLeavesTheOwnershipToTheReader() {
        assertThrows(
                IllegalStateException.class,
                () -> ownership.await(() -> {
                    throw new IllegalStateException("no check");
                }));
        assertReadersAlone();
        ownership.wake();
        assertThat(time.woken(), is(List.of()));
    }
}
