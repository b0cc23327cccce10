package conformance.soak;

import java.util.Objects;
import push.protocol.v1.ClientEvent;
import push.protocol.v1.SessionInvalidation;

/** A few bits that stand for all of an event's content, so that millions can be kept and compared. */
final class Fingerprint {

    private Fingerprint() {}

    static int of(ClientEvent event) {
        return event.hashCode();
    }

    /** As wide as that for being looked up by; of what its publisher knows. */
    static long of(String user, String session, String reason) {
        return (long) Objects.hash(user, session) << Integer.SIZE | Integer.toUnsignedLong(reason.hashCode());
    }

    static long of(SessionInvalidation invalidation) {
        return of(invalidation.getUserId(), invalidation.getDeviceSessionId(), invalidation.getReason());
    }
}
