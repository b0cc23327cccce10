package push.transport.gate;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs the tasks that Helidon submits for streams on Helidon's own executor, and reports the start and the end of each
 * task. Without these reports the gate would not learn that a handler has failed. Each connection has its own instance;
 * the end of the connection does not shut down the executor.
 */
final class ServedStreams extends AbstractExecutorService {

    private final ExecutorService executor;
    private final Supplier<Life> lives;

    /** Callbacks for one task, on the thread that runs it. */
    interface Life {

        /** The callbacks of a task that nothing depends on. */
        Life IGNORED = new Life() {
            @Override
            public void begins() {}

            @Override
            public void ended() {}
        };

        void begins();

        /** Called in any case, also when the executor rejects the task. */
        void ended();
    }

    /** @param lives supplies the callbacks of each task, on the thread that submits it */
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
