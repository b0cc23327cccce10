package push.gateway;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import push.protocol.v1.PushEvent;

/** Records the messages that a client delivers, in order, and what it reports about its connections. */
final class Recorder implements EventHandler, ConnectionListener {

    static final long TIMEOUT_SECONDS = 20;

    private final BlockingQueue<PushEvent> events = new LinkedBlockingQueue<>();
    final BlockingQueue<Duration> delays = new LinkedBlockingQueue<>();
    final BlockingQueue<Status> statuses = new LinkedBlockingQueue<>();
    final BlockingQueue<Boolean> connections = new LinkedBlockingQueue<>();

    /** Starts a client that this recorder handles and listens to. */
    GatewayClient start(GatewayOptions options, Timing timing) {
        return GatewayClient.start(options, this, this, timing);
    }

    @Override
    public void handle(PushEvent event) {
        events.add(event);
    }

    @Override
    public void connected() {
        connections.add(true);
    }

    @Override
    public void disconnected(Status status, Duration delay) {
        statuses.add(status);
        delays.add(delay);
    }

    /** Returns the cursors of the next {@code count} events; fewer if no more events arrive. */
    List<String> next(int count) throws InterruptedException {
        List<String> cursors = new ArrayList<>();
        while (cursors.size() < count) {
            PushEvent event = events.poll(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            if (event == null) {
                break;
            }
            cursors.add(event.getCursor());
        }
        return cursors;
    }

    /** Checks that the next events are those from {@code first} to {@code last}, in order. */
    void expect(int first, int last) throws InterruptedException {
        for (int number = first; number <= last; number++) {
            assertThat(next(1), is(List.of("e-" + number)));
        }
    }

    int unread() {
        return events.size();
    }
}
