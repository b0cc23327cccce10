package conformance.soak;

import io.grpc.Status;
import push.protocol.v1.Opened.Resume;

/** What a subscriber saw besides events. Cursors are their sequences. */
sealed interface Note {

    /** In place of a cursor that was empty. */
    long NONE = -1;

    /** The cursor that is safe to resume from once this was seen. */
    default long cursor() {
        return NONE;
    }

    /** It subscribed with that cursor. */
    record Connected(long cursor) implements Note {}

    /** The stream was ended, by the hub or by the network. */
    record Ended(Status status) implements Note {}

    record Opened(long cursor, Resume resume) implements Note {}

    record Heartbeat(long cursor) implements Note {}

    /** It will not get client events above {@code from}, up to and including {@code to}. */
    record Gap(long cursor, long from, long to, long missed, boolean invalidationsMissed) implements Note {}

    record GoAway(long cursor) implements Note {}

    /** A message that the contract does not have. */
    record Unreadable(String what) implements Note {}
}
