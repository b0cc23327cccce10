package app;

import app.settings.Settings;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import push.engine.RetentionConfig;

/** Checks what a hub needs from its machine: a free address, and a heap with room for its budgets. */
final class StartPreconditions {

    private StartPreconditions() {}

    /**
     * Checks the preconditions before anything is opened.
     *
     * @throws IllegalArgumentException if one is not met; the message says what to change
     */
    static void check(Settings settings) {
        requireFree(settings.host(), settings.port());
        requireHeapFor(settings.hub().retention());
    }

    /**
     * Checks that the address is free, because Helidon only logs a failed bind. If another process takes the address
     * after this check, the reason is only in the log.
     */
    private static void requireFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (BindException e) {
            throw cannotListen(host, port, e, "choose another port with --port, or another address with --host");
        } catch (IOException e) {
            throw cannotListen(host, port, e, "choose another address with --host or server.host");
        }
    }

    private static IllegalArgumentException cannotListen(String host, int port, IOException reason, String advice) {
        return new IllegalArgumentException(
                "cannot listen on " + host + ":" + port + " (" + reason.getMessage() + "); " + advice);
    }

    /** Refuses budgets that exceed the heap: the hub would run out of memory before it reaches them. */
    private static void requireHeapFor(RetentionConfig retention) {
        long available = Runtime.getRuntime().maxMemory() / 4 * 3;
        requireAtMost(available, "push.ring.max-bytes", retention.ringMaxBytes(), "three quarters of the heap");
        requireAtMost(
                available - retention.ringMaxBytes(),
                "push.invalidations.max-bytes",
                retention.maxInvalidationBytes(),
                "three quarters of the heap minus push.ring.max-bytes");
    }

    private static void requireAtMost(long bound, String key, long value, String meaning) {
        if (value > bound) {
            throw new IllegalArgumentException(key + " must be at most " + bound + ", which is " + meaning
                    + ", but was " + value + "; to enlarge the heap, set PUSH_JAVA_OPTS=-Xmx…");
        }
    }
}
