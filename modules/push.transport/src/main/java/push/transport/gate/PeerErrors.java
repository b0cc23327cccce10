package push.transport.gate;

import static java.lang.System.Logger.Level.WARNING;

import java.util.function.Consumer;

/**
 * Reports connections that the hub ended because of what a peer did: writes a log line with the peer and the cause, and
 * notifies an observer, which counts. The log itself writes at most one such line a second for a cause and peer.
 * Thread-safe.
 */
public final class PeerErrors {

    private static final System.Logger LOG = System.getLogger(PeerErrors.class.getName());

    private final Consumer<Cause> observer;

    /** @param observer receives each cause, on the thread that reports it; must not wait or throw */
    public PeerErrors(Consumer<Cause> observer) {
        this.observer = observer;
    }

    /**
     * Reports a connection that the hub ends.
     *
     * @param peer the peer's address, with or without the port
     * @param detail what was wrong, in a few words; may contain text that the peer sent, which the log escapes
     */
    public void report(String peer, Cause cause, String detail) {
        observer.accept(cause);
        if (LOG.isLoggable(WARNING)) {
            LOG.log(WARNING, "push ended a connection for " + cause.label() + "; peer=" + peer + " detail=" + detail);
        }
    }
}
