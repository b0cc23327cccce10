package push.transport.gate;

import io.helidon.common.socket.SocketOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the channel of each socket that a server accepts. Helidon does not expose the channel, but calls
 * {@link #configureSocket} for each socket.
 */
public final class AcceptedSockets extends ForwardingSocketOptions {

    private final Map<Ends, SocketChannel> channels = new ConcurrentHashMap<>();
    private int sweepAt = 64; // only the accepting thread uses it

    public AcceptedSockets(SocketOptions options) {
        super(options);
    }

    @Override
    public void configureSocket(SocketChannel channel) {
        super.configureSocket(channel);
        try {
            channels.put(new Ends(channel.getLocalAddress(), channel.getRemoteAddress()), channel);
        } catch (IOException e) {
            return; // the channel is closed already
        }
        if (channels.size() >= sweepAt) {
            channels.values().removeIf(known -> !known.isOpen()); // of connections that were never claimed
            sweepAt = 2 * channels.size() + 64;
        }
    }

    /** Returns the channel of the connection between these addresses, and forgets it; null if it is not known. */
    @Nullable
    public SocketChannel claim(SocketAddress local, SocketAddress remote) {
        return channels.remove(new Ends(local, remote));
    }

    private record Ends(SocketAddress local, SocketAddress remote) {}
}
