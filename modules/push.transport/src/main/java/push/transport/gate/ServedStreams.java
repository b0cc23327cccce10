package push.transport.gate;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs what Helidon submits for a stream, on Helidon's own executor, and tells when it has ended: Helidon itself tells nobody
 * of a handler that fails. It belongs to one connection, whose end does not shut it down.
 */
final class ServedStreams extends AbstractExecutorService {

    private final ExecutorService executor;
    private final Supplier<Runnable> whenEnded;

    /** @param whenEnded asked on the thread that submits: what is to be run behind what it submits */
    ServedStreams(ExecutorService executor, Supplier<Runnable> whenEnded) {
        this.executor = executor;
        this.whenEnded = whenEnded;
    }

    @Override
    public void execute(Runnable command) {
        Runnable after = whenEnded.get();
        boolean begun = false;
        try {
            executor.execute(() -> {
                try {
                    command.run();
                } finally {
                    after.run();
                }
            });
            begun = true;
        } finally {
            if (!begun) {
                after.run();
            }
        }
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException("the server shuts its executor down");
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException("the server shuts its executor down");
    }

    @Override
    public boolean isShutdown() {
        return executor.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return executor.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return executor.awaitTermination(timeout, unit);
    }
}
