package benchmarks.fanout;

import benchmarks.process.LineServer;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Runs {@code bin/bench serve}: the real server, with a publisher in the same process that starts once all subscribers
 * are connected.
 */
final class Serve {

    private Serve() {}

    /**
     * Runs until the process is stopped.
     *
     * @param arguments the port, the events per second, the bytes of a payload, the number of subscribers to wait for,
     *     and the number of events
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
        stopped.await(); // subscribers may still be reading; the caller ends this process
    }
}
