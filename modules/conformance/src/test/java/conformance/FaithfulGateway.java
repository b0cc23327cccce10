package conformance;

import io.grpc.ManagedChannel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.PushEvent;
import push.protocol.v1.SessionInvalidation;
import testing.ForeignGateway;

/**
 * A gateway that comes back with its last cursor whenever its hub dies, and writes down the invalidations that it gets.
 * What it has seen before it knows by the event's id.
 */
final class FaithfulGateway {

    private static final long BACKOFF_MILLIS = 10;

    private final int port;
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<SessionInvalidation> seen = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private volatile String cursor = "";
    private int repeated;
    private int streams;

    FaithfulGateway(int port) {
        this.port = port;
    }

    /** Follows the hub, from life to life, until it is told to end. */
    Void follow() throws Exception {
        do {
            ManagedChannel channel = ForeignGateway.connect(port);
            stay(new ForeignGateway(channel, request()).readingAll());
            channel.shutdownNow();
        } while (!over.await(BACKOFF_MILLIS, TimeUnit.MILLISECONDS));
        return null;
    }

    private GatewaySubscribeRequest request() {
        return GatewaySubscribeRequest.newBuilder()
                .setGatewayClientId("faithful")
                .setCursor(cursor)
                .setWantNotices(true)
                .build();
    }

    private void stay(ForeignGateway stream) throws Exception {
        Optional<PushEvent> event = stream.nextOrEnd();
        while (event.isPresent() && over.getCount() > 0) {
            take(event.get());
            event = stream.nextOrEnd();
        }
        stream.cancel();
    }

    private synchronized void take(PushEvent event) {
        if (event.getNotice().hasOpened()) {
            streams++;
        }
        if (event.hasSessionInvalidation()) {
            add(event.getSessionInvalidation());
        }
        if (!event.getCursor().isEmpty()) {
            cursor = event.getCursor();
        }
    }

    private void add(SessionInvalidation invalidation) {
        if (ids.add(invalidation.getEventId())) {
            seen.add(invalidation);
        } else {
            repeated++;
        }
    }

    /** Has it end with the next event. */
    void end() {
        over.countDown();
    }

    /** Whether it has a cursor to come back with. */
    boolean hasCursor() {
        return !cursor.isEmpty();
    }

    /** What it got, each the first time that it came. */
    synchronized List<SessionInvalidation> seen() {
        return List.copyOf(seen);
    }

    /** How many it got that it knew. */
    synchronized int repeated() {
        return repeated;
    }

    /** How many streams were opened for it. */
    synchronized int streams() {
        return streams;
    }
}
