package gateway;

import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.PushEvent;
import push.protocol.v1.StalePolicy;
import push.protocol.v1.Start;

/** How far a subscription has come. Moved by the client's thread, read by any. */
final class Position {

    private final GatewaySubscribeRequest first;
    private volatile String cursor;

    Position(GatewaySubscribeRequest first) {
        this.first = first;
        this.cursor = first.getCursor();
    }

    /** The last cursor that is safe to resume from; empty if there is none yet. */
    String cursor() {
        return cursor;
    }

    /** What to ask the hub for now. */
    GatewaySubscribeRequest request() {
        if (cursor.isEmpty()) {
            return first;
        }
        GatewaySubscribeRequest.Builder next =
                first.toBuilder().setCursor(cursor).setStart(Start.START_UNSPECIFIED);
        if (first.getStart() == Start.START_EARLIEST && first.getOnStale() == StalePolicy.STALE_POLICY_UNSPECIFIED) {
            // Who wants everything retained still does when it is cut before it has got it.
            next.setOnStale(StalePolicy.OLDEST_RETAINED);
        }
        return next.build();
    }

    /** Whether an event is the very one that this position is at. A notice may well repeat a cursor. */
    boolean isAt(PushEvent event) {
        return !event.hasNotice() && !cursor.isEmpty() && event.getCursor().equals(cursor);
    }

    /** Moves past a message that has been handled. */
    void moveTo(PushEvent event) {
        if (!event.getCursor().isEmpty()) {
            cursor = event.getCursor();
        }
    }
}
