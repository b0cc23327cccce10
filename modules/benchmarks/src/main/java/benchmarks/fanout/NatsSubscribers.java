package benchmarks.fanout;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.PushSubscribeOptions;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.DeliverPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** NATS clients, each with its own connection, and one more client that reports their progress to the publisher. */
final class NatsSubscribers implements Subscribers {

    private static final long REPORT_NANOS = TimeUnit.MICROSECONDS.toNanos(300);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final int port;
    private final boolean stored;
    private final List<Connection> connections = new CopyOnWriteArrayList<>();
    private final List<Tally> tallies = new CopyOnWriteArrayList<>();
    private final Connection reporter;
    private final Thread reporting;
    private volatile boolean progressWanted;
    private volatile boolean closed;

    NatsSubscribers(int port, boolean stored) {
        this.port = port;
        this.stored = stored;
        this.reporter = NatsTarget.connect(port);
        this.reporting = Thread.ofPlatform().daemon().start(this::report);
    }

    private void report() {
        NatsProgress reported = new NatsProgress(-1, Stamp.FIRST);
        while (!closed) {
            NatsProgress now = new NatsProgress(tallies.size(), progressWanted ? slowest() : reported.next());
            if (!now.equals(reported)) {
                reporter.publish(NatsTarget.PROGRESS, now.toBytes());
                reported = now;
            }
            LockSupport.parkNanos(REPORT_NANOS);
        }
    }

    private long slowest() {
        return tallies.stream().mapToLong(Tally::next).min().orElse(Stamp.FIRST);
    }

    @Override
    public void reportProgress(boolean yes) {
        progressWanted = yes;
    }

    @Override
    public void add(String id, Tally tally) {
        try {
            Connection connection = NatsTarget.connect(port);
            connections.add(connection);
            Dispatcher dispatcher = connection.createDispatcher();
            if (stored) {
                subscribeToStream(connection, dispatcher, tally);
            } else {
                dispatcher.subscribe(NatsTarget.EVENTS, message -> count(message, tally));
            }
            connection.flush(TIMEOUT); // the server has the subscription
            tallies.add(tally);
        } catch (IOException | JetStreamApiException | TimeoutException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void subscribeToStream(Connection connection, Dispatcher dispatcher, Tally tally)
            throws IOException, JetStreamApiException {
        PushSubscribeOptions fromNow = PushSubscribeOptions.builder()
                .ordered(true)
                .configuration(ConsumerConfiguration.builder()
                        .deliverPolicy(DeliverPolicy.New)
                        .build())
                .build();
        connection
                .jetStream()
                .subscribe(NatsTarget.EVENTS, dispatcher, message -> count(message, tally), false, fromNow);
    }

    private static void count(Message message, Tally tally) {
        byte[] payload = message.getData();
        tally.arrived(payload, 0, payload.length);
    }

    @Override
    public void close() {
        closed = true;
        try {
            reporting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connections.forEach(NatsSubscribers::close);
        close(reporter);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
