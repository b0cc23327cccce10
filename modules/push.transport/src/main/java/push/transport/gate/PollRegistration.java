package push.transport.gate;

import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The registration of a channel with the selector of the {@link SocketPoller}: the operations that the poller waits
 * for. Thread-safe once the key is set.
 */
final class PollRegistration {

    private @Nullable SelectionKey key;

    /** Sets the key. Called by the poller before any other method. */
    void set(SelectionKey own) {
        key = own;
    }

    /** Returns false if the channel is closed; then the caller must not park, because the poller may not wake it. */
    boolean want(int operation) {
        try {
            key().interestOpsOr(operation);
        } catch (CancelledKeyException e) {
            return false;
        }
        wakePoller();
        return true;
    }

    void unwant(int operation) {
        try {
            key().interestOpsAnd(~operation);
        } catch (CancelledKeyException e) {
            // The channel is closed.
        }
    }

    /** Makes the poller select again. */
    void wakePoller() {
        key().selector().wakeup();
    }

    private SelectionKey key() {
        return Objects.requireNonNull(key, "the socket is not registered with a poller");
    }
}
