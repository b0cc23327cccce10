package push.transport.gate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A connection over loopback, with small buffers. */
final class SocketPair implements AutoCloseable {

    /** More bytes than the buffers hold. */
    static final int MUCH = 8 << 20;

    final Socket peer = new Socket();
    final SocketChannel accepted;

    SocketPair() throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            peer.setReceiveBufferSize(1 << 16);
            peer.connect(server.getLocalAddress());
            peer.setTcpNoDelay(true);
            accepted = server.accept();
            accepted.setOption(StandardSocketOptions.SO_SNDBUF, 1 << 16);
        }
    }

    /** Closes the peer's side with a TCP reset. */
    void tear() throws IOException {
        peer.setSoLinger(true, 0);
        peer.close();
    }

    @Override
    public void close() throws IOException {
        peer.close();
        accepted.close();
    }
}
