package http;

import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;

/**
 * Refuses, at every path, a request whose body is not declared as JSON. It may wait for the first byte of a body whose
 * length is not declared, so it must follow {@link AccessFilter}.
 */
final class MediaTypeGuard implements Filter {

    /** Only {@link Problems#serve} adds this filter. */
    MediaTypeGuard() {}

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Optional<Problem> problem = problem(request);
        if (problem.isPresent()) {
            Problems.send(request, response, problem.get()); // if thrown, it would bypass the outer filters
        } else {
            chain.proceed();
        }
    }

    private static Optional<Problem> problem(ServerRequest request) {
        try {
            return JsonMediaType.problem(request);
        } catch (Problem broken) {
            return Optional.of(broken);
        }
    }
}
