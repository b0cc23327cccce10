package benchmarks.fanout;

import benchmarks.process.LineServer;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** {@code bin/bench serve}: the real server, and a publisher inside that begins once its audience is there. */
final class Serve {

    private Serve() {}

    /**
     * Runs until it is told to stop.
     *
     * @param arguments port, events a second, bytes of a payload, subscribers to wait for, and how many events
     */
    public static void main(String[] arguments) throws InterruptedException {
        List<Integer> numbers =
                List.of(arguments).stream().map(Integer::valueOf).toList();
        int rate = numbers.get(1);
        int bytes = numbers.get(2);
        int audience = numbers.get(3);
        long count = numbers.get(4) == 0 ? Long.MAX_VALUE : numbers.get(4);
        Target target = new PushTarget(numbers.get(0));
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(target::close));
        System.out.printf("ready at 127.0.0.1:%d, subscribers it waits for: %d%n", target.port(), audience);
        LineServer.await(() -> target.subscribers() >= audience);
        System.out.println("publishing");
        Publishing publishing = new Publishing(target, bytes);
        if (rate == 0) {
            publishing.flatOutCount(count);
        } else {
            publishing.paced(rate, count);
        }
        System.out.printf("published %d events%n", publishing.next() - Stamp.FIRST);
        stopped.await(); // the subscribers may have some to take yet; whoever started this ends it
    }
}
