package push.transport.gate;

import io.helidon.common.socket.SocketOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the channel below each socket that a server accepts, which Helidon keeps to itself. It calls
 * {@link #configureSocket} for each one.
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
            return; // closed already
        }
        if (channels.size() >= sweepAt) {
            channels.values().removeIf(known -> !known.isOpen()); // of connections that nobody has claimed
            sweepAt = 2 * channels.size() + 64;
        }
    }

    /** The channel of the connection between these addresses, once; null when it is not known. */
    @Nullable
    public SocketChannel claim(SocketAddress local, SocketAddress remote) {
        return channels.remove(new Ends(local, remote));
    }

    private record Ends(SocketAddress local, SocketAddress remote) {}
}
