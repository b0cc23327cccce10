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
    private final Supplier<Life> lives;

    /** Is told of what is run for one stream, on the thread that runs it. */
    interface Life {

        void begins();

        /** Called in any case, also where it never began. */
        void ended();
    }

    /** @param lives asked on the thread that submits */
    ServedStreams(ExecutorService executor, Supplier<Life> lives) {
        this.executor = executor;
        this.lives = lives;
    }

    @Override
    public void execute(Runnable command) {
        Life life = lives.get();
        boolean begun = false;
        try {
            executor.execute(() -> {
                try {
                    life.begins();
                    command.run();
                } finally {
                    life.ended();
                }
            });
            begun = true;
        } finally {
            if (!begun) {
                life.ended();
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
