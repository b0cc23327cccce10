package push.transport.gate;

import static java.lang.System.Logger.Level.WARNING;

import java.util.function.Consumer;

/**
 * Tells of connections that the hub ended because of what a peer did: a line of the log with peer and cause, and a count. The
 * log itself writes at most one such line a second for a cause and peer. Thread-safe.
 */
public final class PeerErrors {

    private static final System.Logger LOG = System.getLogger(PeerErrors.class.getName());

    private final Consumer<Cause> observer;

    /** @param observer is told of each cause, on the thread that reports it; must not wait or throw */
    public PeerErrors(Consumer<Cause> observer) {
        this.observer = observer;
    }

    /**
     * Reports a connection that is ended.
     *
     * @param peer its address, with or without the port
     * @param detail what was wrong, in a few words; may hold what the peer sent, which the log escapes
     */
    public void report(String peer, Cause cause, String detail) {
        observer.accept(cause);
        if (LOG.isLoggable(WARNING)) {
            LOG.log(WARNING, "push ended a connection for " + cause.label() + "; peer=" + peer + " detail=" + detail);
        }
    }
}
