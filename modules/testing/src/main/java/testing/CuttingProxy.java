package testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A proxy between one client and the hub, which cuts the connection without any HTTP/2 frame. */
public final class CuttingProxy implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private volatile Socket upstream = new Socket();

    /** Listens on a free port of this machine, for one connection to the port {@code target}. */
    public CuttingProxy(int target) throws IOException {
        Thread.ofVirtual().start(() -> {
            try {
                Socket client = listening.accept();
                upstream = new Socket(InetAddress.getLoopbackAddress(), target);
                Thread.ofVirtual().start(() -> copy(client, upstream));
                copy(upstream, client);
            } catch (IOException e) {
                // The test has closed it.
            }
        });
    }

    private static void copy(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // The connection was cut.
        }
    }

    /** Returns the port of the proxy. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Closes the connection to the hub. */
    public void cut() throws IOException {
        upstream.close();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        upstream.close();
    }
}
