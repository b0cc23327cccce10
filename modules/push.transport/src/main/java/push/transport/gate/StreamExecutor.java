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
final class StreamExecutor extends AbstractExecutorService {

    private final ExecutorService executor;
    private final Supplier<TaskListener> listeners;

    /** Callbacks for one task, on the thread that runs it. */
    interface TaskListener {

        /** The callbacks of a task that nothing depends on. */
        TaskListener NONE = new TaskListener() {
            @Override
            public void started() {}

            @Override
            public void ended() {}
        };

        void started();

        /** Called in any case, also when the executor rejects the task. */
        void ended();
    }

    /** @param listeners supplies the callbacks of each task, on the thread that submits it */
    StreamExecutor(ExecutorService executor, Supplier<TaskListener> listeners) {
        this.executor = executor;
        this.listeners = listeners;
    }

    @Override
    public void execute(Runnable command) {
        TaskListener listener = listeners.get();
        boolean begun = false;
        try {
            executor.execute(() -> {
                try {
                    listener.started();
                    command.run();
                } finally {
                    listener.ended();
                }
            });
            begun = true;
        } finally {
            if (!begun) {
                listener.ended();
            }
        }
    }

    @Override
    public void shutdown() {
        throw new UnsupportedOperationException("only the server shuts the executor down");
    }

    @Override
    public List<Runnable> shutdownNow() {
        throw new UnsupportedOperationException("only the server shuts the executor down");
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
