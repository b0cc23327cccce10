package push.transport;

import io.helidon.common.socket.SocketOptions;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the channel below each socket that a server accepts, which Helidon keeps to itself. It calls
 * {@link #configureSocket} for each one.
 */
final class AcceptedSockets implements SocketOptions {

    private final SocketOptions options;
    private final Map<Ends, SocketChannel> channels = new ConcurrentHashMap<>();
    private int sweepAt = 64; // only the accepting thread uses it

    AcceptedSockets(SocketOptions options) {
        this.options = options;
    }

    @Override
    public void configureSocket(SocketChannel channel) {
        options.configureSocket(channel);
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
    SocketChannel claim(SocketAddress local, SocketAddress remote) {
        return channels.remove(new Ends(local, remote));
    }

    private record Ends(SocketAddress local, SocketAddress remote) {}

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return options.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return options.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return options.readTimeout();
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return options.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return options.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return options.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return options.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return options.tcpNoDelay();
    }
}
