package http;

/** Is notified of each answered request, for metrics. Called on any thread, so it must not wait or throw. */
@FunctionalInterface
public interface RequestObserver {

    /**
     * A request was answered.
     *
     * @param method the method as the caller wrote it; may be any text
     * @param route the path of the {@link Route} that handled the request, with its parameters as {@code {name}}; empty
     *     when no route did
     * @param status the status of the response
     * @param nanos the time from the request's head to the end of its response, in nanoseconds
     */
    void answered(String method, String route, int status, long nanos);

    /** An observer that does nothing. */
    static RequestObserver none() {
        return (method, route, status, nanos) -> {};
    }
}
