package http;

/** Told of each answered request, for metrics. Called on any thread: must not wait or throw. */
@FunctionalInterface
public interface RequestObserver {

    /**
     * A request was answered.
     *
     * @param method as the caller wrote it: it may be any text
     * @param route the path of the {@link Route} that took the request, with its parameters as {@code {name}}; empty if
     *     no route took it
     * @param status the status of the answer
     * @param nanos the time from the request's head to the end of its answer, in nanoseconds
     */
    void answered(String method, String route, int status, long nanos);

    /** Hears nothing. */
    static RequestObserver none() {
        return (method, route, status, nanos) -> {};
    }
}
