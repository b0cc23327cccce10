package http;

import access.Access;
import access.Decision;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.util.Objects;

/**
 * Asks {@link Access} about each request, at every path, before the body is read. A refused request gets a problem at
 * once, and no later filter or handler sees it.
 */
final class AccessFilter implements Filter {

    private final Access access;

    /** Only {@link Problems#serve} adds this filter. */
    AccessFilter(Access access) {
        this.access = access;
    }

    // A refusal is sent rather than thrown: if thrown, it would bypass the outer filters.
    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Decision decision;
        try {
            decision = Objects.requireNonNull(access.decide(new HttpCaller(request)), "no decision");
        } catch (RuntimeException | Error e) {
            Problems.fail(request, response, e);
            return;
        }
        switch (decision) {
            case Decision.Allowed _ -> chain.proceed();
            case Decision.Unauthenticated(String detail, String challenge) -> {
                response.header(HeaderNames.WWW_AUTHENTICATE, challenge);
                Problems.send(request, response, new Problem(ProblemType.UNAUTHENTICATED, detail));
            }
            case Decision.Denied(String detail) ->
                Problems.send(request, response, new Problem(ProblemType.FORBIDDEN, detail));
        }
    }
}
