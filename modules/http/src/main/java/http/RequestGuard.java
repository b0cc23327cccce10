package http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Refuses, at every path, requests that a web page of another site can make a browser send, and requests that no call
 * supports. A request passes when it names this server in {@code Host}, does not come from another site, and has a
 * known method. {@link MediaTypeGuard} checks its body.
 */
final class RequestGuard implements Filter {

    private static final HeaderName SEC_FETCH_SITE = HeaderNames.create("Sec-Fetch-Site");
    private static final String HTTP_1_0 = "1.0";
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    private final HostRule hosts;

    /** Only {@link Problems#serve} adds this filter. */
    RequestGuard(Set<String> hosts) {
        this.hosts = new HostRule(hosts);
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        Optional<Problem> problem = problem(request);
        if (problem.isPresent()) {
            Problems.send(request, response, problem.get()); // if thrown, it would bypass the outer filters
        } else {
            chain.proceed();
        }
    }

    private Optional<Problem> problem(ServerRequest request) {
        List<String> named = request.headers().all(HeaderNames.HOST, List::of);
        Optional<Authority> host = hosts.allowed(named);
        if (host.isEmpty() && !isWithoutHost(request, named)) {
            return Optional.of(misdirected(named));
        }
        if (!isFromHere(request, host)) {
            return Optional.of(new Problem(
                    ProblemType.FORBIDDEN,
                    "requests from pages of other sites are refused: if present, Origin"
                            + " must be this host, and Sec-Fetch-Site must be same-origin or none"));
        }
        String method = request.prologue().method().text();
        if (!METHODS.contains(method)) {
            return Optional.of(new Problem(
                    Status.NOT_IMPLEMENTED_501, "the method " + Quoted.of(method) + " is not supported at any path"));
        }
        return Optional.empty();
    }

    /** HTTP/1.0 does not have the header. */
    private static boolean isWithoutHost(ServerRequest request, List<String> named) {
        return named.isEmpty() && request.prologue().protocolVersion().equals(HTTP_1_0);
    }

    private static Problem misdirected(List<String> named) {
        return new Problem(
                ProblemType.MISDIRECTED_REQUEST,
                "Host must be one IP address, localhost, a name without a dot, or a name of server.hosts, but was "
                        + Quoted.of(String.join(", ", named)));
    }

    private static boolean isFromHere(ServerRequest request, Optional<Authority> host) {
        return OriginRule.isOwn(request.headers().all(HeaderNames.ORIGIN, List::of), host)
                && OriginRule.isOwnSite(request.headers().all(SEC_FETCH_SITE, List::of));
    }
}
