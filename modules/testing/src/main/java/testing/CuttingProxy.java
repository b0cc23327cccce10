package testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Stands between one client and the hub, to cut the connection without a word of HTTP/2. */
public final class CuttingProxy implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private volatile Socket upstream = new Socket();

    /** Listens on a free port of this machine, for one connection. */
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
            // Cut.
        }
    }

    /** Where it listens. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Closes the hub's side. */
    public void cut() throws IOException {
        upstream.close();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        upstream.close();
    }
}
