package http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/**
 * Assigns an id to each request: the request's {@code X-Request-Id} if it is valid, otherwise a new UUID. The response
 * has the same header, so that a caller can compare its log with the hub's.
 */
public final class RequestIds implements Filter {

    static final HeaderName HEADER = HeaderNames.create("X-Request-Id");

    // Printable ASCII: two readers could decode any other bytes differently.
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,254}[\\x21-\\x7e])?");

    /** Only {@link Problems#serve} adds this filter. */
    RequestIds() {}

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        response.header(HEADER, nameFor(request.headers()));
        chain.proceed();
    }

    /** The id that the caller chose; empty when it is absent or invalid. */
    public static Optional<String> of(ServerRequest request) {
        return of(request.headers());
    }

    private static Optional<String> of(Headers headers) {
        return headers.first(HEADER).filter(id -> FORM.matcher(id).matches());
    }

    static String nameFor(Headers headers) {
        return of(headers).orElseGet(RequestIds::next);
    }

    /**
     * Returns a UUID of version 7 (RFC 9562, section 5.7). It is not a secret, so its random bits need not be secure.
     */
    private static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = System.currentTimeMillis() << 16 | 0x7000 | random.nextLong(1 << 12);
        long low = 0x8000_0000_0000_0000L | random.nextLong() >>> 2;
        return new UUID(high, low).toString();
    }
}
