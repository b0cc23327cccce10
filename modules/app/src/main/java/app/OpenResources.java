package app;

import java.util.ArrayDeque;
import java.util.Deque;

/** The resources opened so far. If a later one cannot be opened, they are closed in reverse order. Not thread-safe. */
final class OpenResources {

    private final Deque<AutoCloseable> resources = new ArrayDeque<>();

    /** Adds and returns a resource. */
    <T extends AutoCloseable> T add(T resource) {
        resources.push(resource);
        return resource;
    }

    /** Closes all resources because of a failure. Exceptions of the close are added to the failure as suppressed. */
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
