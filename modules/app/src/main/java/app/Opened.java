package app;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has been opened so far, to be closed, the last first, where the rest can't be. For one thread. */
final class Opened {

    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    /** Adds one, and gives it back. */
    <T extends AutoCloseable> T add(T resource) {
        resources.push(resource);
        return resource;
    }

    /** Closes all because of a failure, to which it adds what goes wrong meanwhile. */
    void closeBecauseOf(Throwable failure) {
        for (AutoCloseable resource : resources) {
            try {
                resource.close();
            } catch (Exception e) {
                failure.addSuppressed(e);
            }
        }
    }
}
