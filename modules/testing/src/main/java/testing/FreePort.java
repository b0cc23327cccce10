package testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that stay free while nobody listens on them. The kernel gives those that it picks itself, for port 0, to outgoing
 * connections as well: between a hub's end and its next start, a client could take its port, and a client that
 * connects to such a port while nobody listens there can even be connected to itself.
 */
public final class FreePort {

    /** Below what Linux, macOS and Windows give to outgoing connections by default. */
    private static final int FIRST = 20_000;

    private static final int BEYOND = 32_000;
    private static final int ATTEMPTS = 100;

    private FreePort() {}

    /** A port of the loopback address on which nobody listens. */
    public static int any() {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEYOND);
            try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (IOException e) {
                // Somebody has it.
            }
        }
        throw new AssertionError("no port is free from " + FIRST + " to " + (BEYOND - 1));
    }
}
