package app;

/**
 * The platform threads that carry virtual ones.
 *
 * <p>By default there is one for each processor. Such a thread goes on with tasks of the queue that it took its last one
 * from, as long as there are any ({@code java.util.concurrent.ForkJoinPool}), so a connection that keeps its queue filled
 * makes those in other queues wait: on two processors, one client that opened and reset streams delayed events for
 * everybody else by half a second. With a few times as many carriers than processors, the operating system lets each queue
 * have its share of time, and the same client delays them by less than a tenth of a second.
 */
final class CarrierThreads {

    private static final String COUNT = "jdk.virtualThreadScheduler.parallelism";
    private static final int OF_A_PROCESSOR = 4;

    private CarrierThreads() {}

    /**
     * Sets their number, unless the command line does. To be called before there is a virtual thread: the number is read
     * once.
     */
    static void provide() {
        if (System.getProperty(COUNT) == null) {
            System.setProperty(
                    COUNT,
                    Integer.toString(OF_A_PROCESSOR * Runtime.getRuntime().availableProcessors()));
        }
    }
}
