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
 * A gateway that reconnects with its last cursor whenever its hub dies, and records the invalidations that it gets. It
 * recognizes repeated invalidations by their event ids.
 */
final class ReconnectingGateway {

    private static final long BACKOFF_MILLIS = 10;

    private final int port;
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<SessionInvalidation> seen = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private volatile String cursor = "";
    private int repeated;
    private int streams;

    ReconnectingGateway(int port) {
        this.port = port;
    }

    /** Follows the hub across restarts until {@link #end}. */
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

    /** Makes the gateway end at the next event. */
    void end() {
        over.countDown();
    }

    /** Whether the gateway has a cursor to reconnect with. */
    boolean hasCursor() {
        return !cursor.isEmpty();
    }

    /** The invalidations that the gateway received, without repetitions. */
    synchronized List<SessionInvalidation> seen() {
        return List.copyOf(seen);
    }

    /** The number of repeated invalidations. */
    synchronized int repeated() {
        return repeated;
    }

    /** The number of streams that the hub opened for the gateway. */
    synchronized int streams() {
        return streams;
    }
}
