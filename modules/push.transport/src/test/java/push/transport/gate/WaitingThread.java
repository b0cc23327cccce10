package push.transport.gate;

import static java.util.Objects.requireNonNull;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.UncheckedIOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import testing.Await;

/** A virtual thread that waits for a socket, and its result. */
record WaitingThread(Thread thread, FutureTask<byte[]> result) {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Set<Thread.State> WAITING = EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    /** Starts the task, and returns once its thread waits. */
    static WaitingThread start(Callable<byte[]> task) throws Exception {
        FutureTask<byte[]> result = new FutureTask<>(task);
        Thread thread = Thread.ofVirtual().start(result);
        Await.until("the thread waits", TIMEOUT, () -> WAITING.contains(thread.getState()));
        return new WaitingThread(thread, result);
    }

    byte[] get() throws Exception {
        return result.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Checks that the task fails as on a blocking socket. */
    void fails() {
        Throwable failure = assertThrows(ExecutionException.class, this::get);
        assertThat(failure.getCause(), instanceOf(UncheckedIOException.class));
        assertThat(requireNonNull(failure.getCause()).getCause(), instanceOf(SocketException.class));
    }
}
