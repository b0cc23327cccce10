package push.gateway;

import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.PushEvent;
import push.protocol.v1.StalePolicy;
import push.protocol.v1.Start;

/** The position of a subscription. Only the client's thread moves it; any thread may read it. */
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

    /** The request for the next connection. */
    GatewaySubscribeRequest request() {
        if (cursor.isEmpty()) {
            return first;
        }
        GatewaySubscribeRequest.Builder next =
                first.toBuilder().setCursor(cursor).setStart(Start.START_UNSPECIFIED);
        if (first.getStart() == Start.START_EARLIEST && first.getOnStale() == StalePolicy.STALE_POLICY_UNSPECIFIED) {
            // START_EARLIEST requests everything retained, also after a disconnect during the replay.
            next.setOnStale(StalePolicy.OLDEST_RETAINED);
        }
        return next.build();
    }

    /** Whether an event repeats the one at this position. A notice never does, although it may repeat a cursor. */
    boolean isAt(PushEvent event) {
        return !event.hasNotice() && !cursor.isEmpty() && event.getCursor().equals(cursor);
    }

    /** Moves past a handled message. A message without a cursor does not move the position. */
    void moveTo(PushEvent event) {
        if (!event.getCursor().isEmpty()) {
            cursor = event.getCursor();
        }
    }
}
