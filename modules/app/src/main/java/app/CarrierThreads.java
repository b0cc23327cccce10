package app;

import static java.lang.System.Logger.Level.WARNING;

import java.lang.management.ManagementFactory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import jdk.management.VirtualThreadSchedulerMXBean;

/**
 * Watches how long virtual threads wait for their turn, and adds carrier threads (the platform threads that run virtual
 * threads) while the wait is long.
 *
 * <p>By default, the JDK has one carrier for each processor. A carrier takes tasks from one queue of a {@code
 * java.util.concurrent.ForkJoinPool} until the queue is empty. A connection that keeps its queue filled therefore makes the
 * tasks in other queues wait: on two processors, one client that opened and reset streams delayed the events of other
 * clients by half a second. With several carriers for each processor, the operating system gives every queue its share of
 * time. However, more carriers make a delivery at full speed more expensive, so the hub has them only when they are needed.
 */
public final class CarrierThreads {

    /** The longest wait for a turn that is still taken for a short one. */
    static final long LATE_NANOS = 20_000_000;

    /** How long the additional carriers stay after the last long wait. */
    static final long STAY_NANOS = 30_000_000_000L;

    /** How many carriers there are for each processor while waits are long. */
    static final int MANY = 4;

    private static final System.Logger LOG = System.getLogger(CarrierThreads.class.getName());

    /** An operator who sets the number keeps it. */
    private static final String CONFIGURED = "jdk.virtualThreadScheduler.parallelism";

    private static final long INTERVAL_MILLIS = 20;

    private final int few;
    private final IntConsumer parallelism;

    // Only the watching thread uses these.
    private boolean hasMany;
    private long lateAt;

    /**
     * @param few the number of carriers while waits are short
     * @param parallelism sets the number of carriers
     */
    CarrierThreads(int few, IntConsumer parallelism) {
        this.few = few;
        this.parallelism = parallelism;
    }

    /** Watches the virtual threads of this process from now on, on a thread of its own. */
    public static void watch() {
        if (System.getProperty(CONFIGURED) == null) {
            Thread _ = start();
        }
    }

    /** The thread that watches; an interrupt ends it. */
    static Thread start() {
        return Thread.ofPlatform().daemon().name("push-carriers").start(CarrierThreads::run);
    }

    private static void run() {
        try {
            VirtualThreadSchedulerMXBean scheduler =
                    ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
            CarrierThreads carriers = new CarrierThreads(scheduler.getParallelism(), scheduler::setParallelism);
            while (true) {
                carriers.look(isLate(), System.nanoTime());
                Thread.sleep(INTERVAL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error e) { // the hub does without
            LOG.log(WARNING, "no carrier threads are added any more when virtual threads wait long", e);
        }
    }

    /** Whether a virtual thread that starts now has to wait long. */
    private static boolean isLate() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Thread.startVirtualThread(begun::countDown);
        return !begun.await(LATE_NANOS, TimeUnit.NANOSECONDS);
    }

    /**
     * Sets the number of carriers by what was found.
     *
     * @param isLate whether a virtual thread had to wait long
     * @param now on the scale of {@link System#nanoTime}
     */
    void look(boolean isLate, long now) {
        if (isLate) {
            lateAt = now;
            if (!hasMany) {
                hasMany = true;
                parallelism.accept(MANY * few);
            }
        } else if (hasMany && now - lateAt > STAY_NANOS) {
            hasMany = false;
            parallelism.accept(few);
        }
    }
}
