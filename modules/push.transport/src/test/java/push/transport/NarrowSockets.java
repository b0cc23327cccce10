package push.transport;

import io.helidon.common.socket.SocketOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import push.transport.gate.ForwardingSocketOptions;

/**
 * Gives each accepted socket a small send buffer of a fixed size. A reader that reads nothing then blocks the hub's
 * write after a few hundred KiB. Without this, the kernel lets the buffer grow up to its own limit while the write
 * waits: 4 MiB on one machine, 32 MiB on another.
 */
final class NarrowSockets extends ForwardingSocketOptions {

    private static final int SEND_BUFFER_BYTES = 1 << 16;

    NarrowSockets(SocketOptions options) {
        super(options);
    }

    @Override
    public void configureSocket(SocketChannel channel) {
        super.configureSocket(channel);
        try {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
