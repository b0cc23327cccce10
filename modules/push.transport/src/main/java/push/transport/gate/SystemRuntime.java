package push.transport.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RunnableScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor.DiscardPolicy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The clocks of the machine, and timers with real threads. */
final class SystemRuntime implements GateRuntime {

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Timer startTimer(String name) {
        return new ThreadTimer(name);
    }

    @Override
    public void park(Object blocker, long nanos) {
        LockSupport.parkNanos(blocker, nanos);
    }

    private static final class ThreadTimer implements Timer {

        private final ScheduledThreadPoolExecutor executor;

        ThreadTimer(String name) {
            executor = new ScheduledThreadPoolExecutor(
                    1, Thread.ofPlatform().daemon().name(name).factory(), new DiscardPolicy());
            executor.setRemoveOnCancelPolicy(true); // a delay may be weeks long
        }

        @Override
        public Future<?> after(long nanos, Runnable task) {
            return executor.schedule(task, nanos, TimeUnit.NANOSECONDS);
        }

        @Override
        public void every(Duration pause, Runnable task) {
            var _ = executor.scheduleWithFixedDelay(task, pause.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int pending() {
            return Math.toIntExact(executor.getQueue().stream()
                    .filter(task -> task instanceof RunnableScheduledFuture<?> later && !later.isPeriodic())
                    .count());
        }

        @Override
        public void close() {
            executor.shutdownNow();
        }
    }
}
