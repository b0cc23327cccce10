package conformance.soak;

import io.grpc.Status;
import push.protocol.v1.Opened.Resume;

/** An entry of a transcript that is not an event. Cursors are represented by their sequences. */
sealed interface Note {

    /** Stands for an empty cursor. */
    long NONE = -1;

    /** The cursor that is safe to resume from after this entry. */
    default long cursor() {
        return NONE;
    }

    /** The subscriber subscribed with that cursor. */
    record Connected(long cursor) implements Note {}

    /** The stream ended, by the hub or by the network. */
    record Ended(Status status) implements Note {}

    record Opened(long cursor, Resume resume) implements Note {}

    record Heartbeat(long cursor) implements Note {}

    /** The subscriber does not get the client events above {@code from}, up to and including {@code to}. */
    record Gap(long cursor, long from, long to, long missed, boolean invalidationsMissed) implements Note {}

    record GoAway(long cursor) implements Note {}

    /** A message that the contract does not define. */
    record Unreadable(String what) implements Note {}
}
