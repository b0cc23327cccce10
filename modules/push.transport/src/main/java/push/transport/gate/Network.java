package push.transport.gate;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.HexFormat;

/**
 * The network that an address is counted under: a single IPv4 address, or an IPv6 {@code /64}, which is the smallest
 * network that a provider assigns to a customer.
 *
 * @param prefix the common prefix of the addresses, in hexadecimal digits
 */
record Network(String prefix) {

    private static final int IPV6_PREFIX_BYTES = 8;

    static Network of(InetAddress address) {
        byte[] bytes = address.getAddress();
        int length = address instanceof Inet6Address ? IPV6_PREFIX_BYTES : bytes.length;
        return new Network(HexFormat.of().formatHex(bytes, 0, length));
    }

    /** The network of a channel's peer. All peers without a known address share one network. */
    static Network of(SocketChannel channel) {
        try {
            if (channel.getRemoteAddress() instanceof InetSocketAddress inet && inet.getAddress() != null) {
                return of(inet.getAddress());
            }
        } catch (IOException e) {
            return new Network(""); // the channel is closed already
        }
        return new Network("");
    }
}
