package conformance.soak;

import java.util.Objects;
import push.protocol.v1.ClientEvent;
import push.protocol.v1.SessionInvalidation;

/** A short hash of an event's content, so that a test can keep and compare millions of events. */
final class Fingerprint {

    private Fingerprint() {}

    static int of(ClientEvent event) {
        return event.hashCode();
    }

    /**
     * The hash of an invalidation, over the fields that its publisher knows. It has 64 bits because it serves as a key.
     */
    static long of(String user, String session, String reason) {
        return (long) Objects.hash(user, session) << Integer.SIZE | Integer.toUnsignedLong(reason.hashCode());
    }

    static long of(SessionInvalidation invalidation) {
        return of(invalidation.getUserId(), invalidation.getDeviceSessionId(), invalidation.getReason());
    }
}
