package testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that stay free while no process listens on them. The ports that the kernel chooses for port 0 are also used for
 * outgoing connections. Between the end of a hub and its next start, a client could therefore get the hub's port, and a
 * client that connects to such a port while no process listens there can even be connected to itself.
 */
public final class FreePort {

    /** Below the ports that Linux, macOS and Windows use for outgoing connections by default. */
    private static final int FIRST = 20_000;

    private static final int BEYOND = 32_000;
    private static final int ATTEMPTS = 100;

    private FreePort() {}

    /** Returns a port of the loopback address on which no process listens. */
    public static int any() {
        for (int i = 0; i < ATTEMPTS; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, BEYOND);
            try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return port;
            } catch (IOException e) {
                // The port is in use.
            }
        }
        throw new AssertionError("no port is free from " + FIRST + " to " + (BEYOND - 1));
    }
}
