package push.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A proxy between a client and a hub, which cuts each connection after a number of bytes from the hub: alternately with
 * FIN and with a TCP reset.
 */
final class CuttingProxy implements AutoCloseable {

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Target hub;
    private final int firstCut;
    private final int step;
    final AtomicInteger cuts = new AtomicInteger();

    /** Cuts the first connection after {@code firstCut} bytes, and each further one after {@code step} more bytes. */
    CuttingProxy(Target hub, int firstCut, int step) throws IOException {
        this.hub = hub;
        this.firstCut = firstCut;
        this.step = step;
        Thread.ofVirtual().start(this::accept);
    }

    Target target() {
        return new Target("127.0.0.1", server.getLocalPort());
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket client = server.accept();
                    Socket upstream = new Socket(hub.host(), hub.port())) {
                Thread.ofVirtual().start(() -> forward(client, upstream));
                back(upstream, client, firstCut + step * cuts.get());
            } catch (IOException e) {
                // The client or the test has closed: wait for the next connection, if any.
            }
        }
    }

    private static void forward(Socket client, Socket upstream) {
        try (upstream) {
            client.getInputStream().transferTo(upstream.getOutputStream());
        } catch (IOException e) {
            // The connection was cut.
        }
    }

    private void back(Socket upstream, Socket client, int budget) throws IOException {
        InputStream in = upstream.getInputStream();
        OutputStream out = client.getOutputStream();
        byte[] buffer = new byte[8_192];
        int left = budget;
        int n = in.read(buffer);
        while (n >= 0) {
            out.write(buffer, 0, Math.min(n, left));
            left -= n;

            if (left <= 0) {
                boolean reset = cuts.getAndIncrement() % 2 == 1;
                client.setSoLinger(reset, 0);
                return;
            }
            n = in.read(buffer);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
