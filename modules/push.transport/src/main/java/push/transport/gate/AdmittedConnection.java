package push.transport.gate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/** A connection that {@link Admission} has admitted. Compared by identity. Immutable. */
final class AdmittedConnection {

    final SocketChannel channel;
    final String peer;
    final Network network;
    final long acceptedAt;

    /**
     * @param peer the peer's address, as {@link #peerOf} returns it
     * @param acceptedAt when the connection was accepted, on the scale of {@link StreamSupervisor#nanoTime}
     */
    AdmittedConnection(SocketChannel channel, String peer, long acceptedAt) {
        this.channel = channel;
        this.peer = peer;
        this.network = Network.of(channel);
        this.acceptedAt = acceptedAt;
    }

    /** The address of a channel's peer, without the port; "unknown" if the peer has already closed the connection. */
    static String peerOf(SocketChannel channel) {
        try {
            if (channel.getRemoteAddress() instanceof InetSocketAddress inet) {
                InetAddress address = inet.getAddress();
                return address == null ? inet.getHostString() : address.getHostAddress();
            }
        } catch (IOException e) {
            return "unknown";
        }
        return "unknown";
    }
}
