package app;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Knows whether the web server still listens, which the server itself does not tell: when its listener has failed it logs why, and counts as
 * running. The listener is gone when its thread has ended, or has begun to stop the listener, for which it then waits for ever. Thread-safe.
 */
final class ListenerWatch {

    private static final String THREAD = "server-@default-listener";
    private static final String LISTENER = "io.helidon.webserver.ServerListener";
    private static final String STOP = "stop";

    private final Optional<Thread> listener;

    private ListenerWatch(Optional<Thread> listener) {
        this.listener = listener;
    }

    /** Runs a start of a server, and watches the listener that it starts. */
    static ListenerWatch over(Runnable start) {
        Set<Thread> before = listeners();
        start.run();
        Set<Thread> started = listeners();
        started.removeAll(before);
        return new ListenerWatch(started.stream().findFirst());
    }

    /** Whether connections are accepted. Meaningless once the server is being stopped. */
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
