package push.transport.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Clocks and timers that the test advances. Tasks run on the thread that calls {@link #advance}. */
public final class ManualRuntime implements GateRuntime {

    private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");

    private final AtomicLong nanos = new AtomicLong();
    private final Object running = new Object();
    private final List<Task> tasks = new ArrayList<>(); // guarded by itself

    /** Advances the clock, and runs each task that becomes due, at its own time. */
    public void advance(Duration by) {
        synchronized (running) {
            long end = nanos.get() + by.toNanos();
            for (Task due = takeDue(end); due != null; due = takeDue(end)) {
                nanos.set(Math.max(nanos.get(), due.at));
                due.runOnce();
            }
            nanos.set(end);
        }
    }

    private @Nullable Task takeDue(long end) {
        synchronized (tasks) {
            Task next = tasks.stream()
                    .filter(task -> task.at <= end)
                    .min(Comparator.comparingLong(task -> task.at))
                    .orElse(null);
            if (next != null) {
                tasks.remove(next);
            }
            return next;
        }
    }

    @Override
    public long nanoTime() {
        return nanos.get();
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nanos.get());
    }

    /** Also waits in real time, so that other threads can make progress. */
    @Override
    public void park(Object blocker, long forNanos) {
        LockSupport.parkNanos(blocker, forNanos);
        advance(Duration.ofNanos(forNanos));
    }

    @Override
    public Timer startTimer(String name) {
        return new ManualTimer();
    }

    private final class ManualTimer implements Timer {

        private volatile boolean closed;

        private Task add(Task task) {
            synchronized (tasks) {
                tasks.add(task);
            }
            return task;
        }

        @Override
        public Future<?> after(long delay, Runnable task) {
            return add(new Task(this, nanos.get() + delay, 0, task));
        }

        @Override
        public void every(Duration pause, Runnable task) {
            var _ = add(new Task(this, nanos.get() + pause.toNanos(), pause.toNanos(), task));
        }

        @Override
        public int pending() {
            synchronized (tasks) {
                return Math.toIntExact(tasks.stream()
                        .filter(task -> task.timer == this && task.pause == 0 && !task.isDone())
                        .count());
            }
        }

        @Override
        public void close() {
            closed = true;
            synchronized (tasks) {
                tasks.removeIf(task -> task.timer == this);
            }
        }
    }

    private static final class Task extends FutureTask<@Nullable Void> {

        private final ManualTimer timer;
        private final long pause;
        private long at;

        Task(ManualTimer timer, long at, long pause, Runnable task) {
            super(task, null);
            this.timer = timer;
            this.at = at;
            this.pause = pause;
        }

        void runOnce() {
            if (timer.closed) {
                return;
            }
            if (pause == 0) {
                run();
            } else if (runAndReset()) {
                at += pause;
                var _ = timer.add(this);
            }
        }
    }
}
