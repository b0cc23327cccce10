package app;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Detects whether the web server still listens. The server itself does not report it: when its listener fails, the
 * server logs the reason and still counts as running. The listener has failed if its thread has ended, or if the thread
 * has begun to stop the listener, which then waits forever. Thread-safe.
 */
final class ListenerWatch {

    private static final String THREAD = "server-@default-listener";
    private static final String LISTENER = "io.helidon.webserver.ServerListener";
    private static final String STOP = "stop";

    private final Optional<Thread> listener;

    private ListenerWatch(Optional<Thread> listener) {
        this.listener = listener;
    }

    /** Runs the action that starts a server, and watches the listener thread that it creates. */
    static ListenerWatch over(Runnable start) {
        Set<Thread> before = listeners();
        start.run();
        Set<Thread> started = listeners();
        started.removeAll(before);
        return new ListenerWatch(started.stream().findFirst());
    }

    /** Whether the server accepts connections. The result has no meaning once the server is being stopped. */
    boolean isListening() {
        return listener.isPresent()
                && listener.get().isAlive()
                && Arrays.stream(listener.get().getStackTrace()).noneMatch(ListenerWatch::stops);
    }

    private static boolean stops(StackTraceElement frame) {
        return frame.getClassName().equals(LISTENER) && frame.getMethodName().equals(STOP);
    }

    private static Set<Thread> listeners() {
        Set<Thread> found = new HashSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals(THREAD)) {
                found.add(thread);
            }
        }
        return found;
    }
}
