package app;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import jdk.management.VirtualThreadSchedulerMXBean;
import threads.LongLived;
import threads.Steps;

/**
 * Watches how long virtual threads wait for their turn, and adds carrier threads (the platform threads that run virtual
 * threads) while the wait is long.
 *
 * <p>By default, the JDK has one carrier for each processor. A carrier takes tasks from one queue of a {@code
 * java.util.concurrent.ForkJoinPool} until the queue is empty. A connection that keeps its queue filled therefore makes
 * the tasks in other queues wait: on two processors, one client that opened and reset streams delayed the events of
 * other clients by half a second. With several carriers for each processor, the operating system gives every queue its
 * share of time. However, more carriers make a delivery at full speed more expensive, so the hub has them only when
 * they are needed.
 */
public final class CarrierThreads {

    /** The longest wait for a turn that counts as short, in nanoseconds. */
    static final long LATE_NANOS = 20_000_000;

    /** How long the additional carriers stay after the last long wait, in nanoseconds. */
    static final long STAY_NANOS = 30_000_000_000L;

    /** By how much the number of carriers is multiplied while waits are long. */
    static final int MANY = 4;

    /** If an operator sets this system property, the hub does not change the number of carriers. */
    private static final String CONFIGURED = "jdk.virtualThreadScheduler.parallelism";

    private static final long INTERVAL_MILLIS = 20;

    private final int few;
    private final IntConsumer parallelism;

    // Only the watching thread uses these.
    private boolean hasMany;
    private long lateAt;

    /**
     * @param few the number of carriers while waits are short
     * @param parallelism the function that sets the number of carriers
     */
    CarrierThreads(int few, IntConsumer parallelism) {
        this.few = few;
        this.parallelism = parallelism;
    }

    /** Starts a thread that watches the virtual threads of this process. */
    public static void watch() {
        if (System.getProperty(CONFIGURED) == null) {
            Thread _ = start();
        }
    }

    /** Starts and returns the watching thread; an interrupt ends it. */
    static Thread start() {
        VirtualThreadSchedulerMXBean scheduler =
                ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        return new CarrierThreads(scheduler.getParallelism(), scheduler::setParallelism).startWatching();
    }

    Thread startWatching() {
        Steps steps = new Steps(LongLived.CARRIERS);
        return Thread.ofPlatform().daemon().name(LongLived.CARRIERS.label()).start(() -> steps.run(this::step));
    }

    private boolean step() {
        try {
            adjust(isLate(), System.nanoTime());
            Thread.sleep(INTERVAL_MILLIS);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** Whether a virtual thread that starts now waits longer than {@link #LATE_NANOS}. */
    private static boolean isLate() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Thread.startVirtualThread(begun::countDown);
        return !begun.await(LATE_NANOS, TimeUnit.NANOSECONDS);
    }

    /**
     * Adjusts the number of carriers to the last measurement.
     *
     * @param isLate whether a virtual thread had a long wait
     * @param now the current time, on the scale of {@link System#nanoTime}
     */
    void adjust(boolean isLate, long now) {
        if (isLate) {
            lateAt = now;
            if (!hasMany) {
                parallelism.accept(MANY * few);
                hasMany = true; // only after accept() has succeeded
            }
        } else if (hasMany && now - lateAt > STAY_NANOS) {
            parallelism.accept(few);
            hasMany = false;
        }
    }
}
