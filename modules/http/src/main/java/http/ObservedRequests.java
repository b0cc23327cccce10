package http;

import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;

/** Notifies an observer of each request, including those that later filters refuse. */
final class ObservedRequests implements Filter {

    private final RequestObserver observer;

    /** Only {@link Problems#serve} adds this filter. */
    ObservedRequests(RequestObserver observer) {
        this.observer = observer;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        long start = System.nanoTime();
        response.whenSent(() -> observer.answered(
                request.prologue().method().text(),
                request.matchingPattern().orElse(""), // known only after routing
                response.status().code(),
                System.nanoTime() - start));
        chain.proceed();
    }
}
