package push.transport.gate;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which accepted connections stay. It tracks each channel from its accept to its end.
 *
 * <p>The number of connections is limited by the {@linkplain DescriptorBudget file descriptors, the heap} and the
 * configuration. A connection is <em>unidentified</em> until it has sent a complete request head or HTTP/2 preface. It
 * has ten seconds for that, counted from the accept. The unidentified connections of one {@linkplain Network network}
 * may hold a tenth of all places; a further one displaces the oldest of them. Identified connections are not counted by
 * address, because a proxy is one address for many clients. When all places are taken, a new connection displaces the
 * oldest unidentified one; if there is none, the new connection is refused.
 *
 * <p>Thread-safe. Channels are closed outside the lock.
 */
public final class Admission {

    /** How long a connection may be unidentified. */
    static final long DEADLINE_NANOS = 10_000_000_000L;

    /** The unidentified connections of one network hold at most one in this many of all places. */
    static final int UNIDENTIFIED_SHARE = 10;

    private final LongSupplier nanoClock;
    private final PeerErrors errors;

    /** The peers' addresses by the identity hash code of the channel, which identifies it in the web server's log. */
    private final Map<Integer, String> addresses = new ConcurrentHashMap<>();

    // Guarded by this.
    private final DescriptorBudget budget;
    private final IdentityHashMap<SocketChannel, AdmittedConnection> connections = new IdentityHashMap<>();
    private final UnidentifiedConnections unidentified = new UnidentifiedConnections();

    /**
     * Creates the admission of a server.
     *
     * @param configured the configured maximum of connections; negative for no maximum
     * @param nanoClock the clock, as {@link StreamSupervisor#nanoTime}
     */
    public Admission(int configured, PeerErrors errors, LongSupplier nanoClock) {
        this(configured, errors, Descriptors.ofThisProcess(), nanoClock);
    }

    Admission(int configured, PeerErrors errors, Descriptors descriptors, LongSupplier nanoClock) {
        this.errors = errors;
        this.nanoClock = nanoClock;
        this.budget = new DescriptorBudget(descriptors, configured, nanoClock.getAsLong());
    }

    /** All places are taken. */
    static final class RefusedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        RefusedException(int max) {
            super("the limit of " + max + " connections is reached", null, false, false);
        }
    }

    /**
     * Admits a connection, or refuses it with a {@link RefusedException}, after which the caller closes it.
     *
     * @param channel the channel that has just been accepted
     */
    public void admit(SocketChannel channel) {
        String peer = AdmittedConnection.peerOf(channel);
        List<Ended> ended = new ArrayList<>();
        try {
            admit(channel, peer, ended);
        } finally {
            ended.forEach(this::end);
        }
    }

    private synchronized void admit(SocketChannel channel, String peer, List<Ended> ended) {
        if (connections.size() >= budget.max()) {
            forgetClosed();
        }
        int max = budget.max();
        if (connections.size() >= max) {
            AdmittedConnection oldest = unidentified.oldest();
            if (oldest == null) {
                ended.add(new Ended(null, peer, Cause.TOO_MANY_CONNECTIONS, "max=" + max));
                throw new RefusedException(max);
            }
            ended.add(displace(oldest, "a newer connection took its place; max=" + max));
        }
        AdmittedConnection admitted = new AdmittedConnection(channel, peer, nanoClock.getAsLong());
        int most = Math.max(1, max / UNIDENTIFIED_SHARE);
        AdmittedConnection neighbour = unidentified.oldestOf(admitted.network, most);
        if (neighbour != null) {
            ended.add(displace(neighbour, "too many connections of its address have sent no request; max=" + most));
        }
        connections.put(channel, admitted);
        addresses.put(System.identityHashCode(channel), peer);
        unidentified.add(admitted);
    }

    private Ended displace(AdmittedConnection connection, String detail) {
        forget(connection.channel);
        return new Ended(connection.channel, connection.peer, Cause.DISPLACED, detail);
    }

    /**
     * A complete request head or preface has arrived. Does nothing for a channel that is unknown or already identified.
     */
    public synchronized void identified(SocketChannel channel) {
        AdmittedConnection connection = connections.get(channel);
        if (connection != null) {
            unidentified.remove(connection);
        }
    }

    /** The connection has ended. Does nothing for an unknown channel. */
    public synchronized void closed(SocketChannel channel) {
        forget(channel);
    }

    /**
     * Ends connections that have been unidentified for too long, and forgets closed ones. Must be called four times a
     * second.
     */
    public void check() {
        List<Ended> ended = new ArrayList<>();
        check(ended);
        ended.forEach(this::end);
    }

    private synchronized void check(List<Ended> ended) {
        long now = nanoClock.getAsLong();
        forgetClosed();
        budget.check(connections.size(), now);
        for (AdmittedConnection late : unidentified.olderThan(DEADLINE_NANOS, now)) {
            forget(late.channel);
            ended.add(new Ended(
                    late.channel, late.peer, Cause.UNIDENTIFIED, "no request head or HTTP/2 preface within 10 s"));
        }
    }

    /** The largest number of connections that is allowed now. */
    public synchronized int max() {
        return budget.max();
    }

    /** The number of admitted connections. */
    public synchronized int connections() {
        return connections.size();
    }

    /** The number of unidentified connections. */
    public synchronized int unidentified() {
        return unidentified.size();
    }

    /** The number of networks that have unidentified connections. */
    synchronized int networks() {
        return unidentified.networks();
    }

    /** The number of channels with a known address. */
    int addresses() {
        return addresses.size();
    }

    /**
     * The address of an open connection's peer, without the port; null if the address is not known.
     *
     * @param channel the identity hash code of the connection's channel
     */
    public @Nullable String addressOf(int channel) {
        return addresses.get(channel);
    }

    private void forgetClosed() {
        List<SocketChannel> closed = connections.keySet().stream()
                .filter(channel -> !channel.isOpen())
                .toList();
        closed.forEach(this::forget);
    }

    private void forget(SocketChannel channel) {
        AdmittedConnection connection = connections.remove(channel);
        if (connection != null) {
            addresses.remove(System.identityHashCode(channel));
            unidentified.remove(connection);
        }
    }

    private void end(Ended ended) {
        if (ended.channel != null) {
            try {
                ended.channel.close();
            } catch (IOException e) {
                return; // it was closed meanwhile, and the peer has noticed
            }
        }
        errors.report(ended.peer, ended.cause, ended.detail);
    }

    /** @param channel the channel to close; null if the caller closes it */
    private record Ended(@Nullable SocketChannel channel, String peer, Cause cause, String detail) {}
}
