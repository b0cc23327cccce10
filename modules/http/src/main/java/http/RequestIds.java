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
 * Gives each request an id: a valid {@code X-Request-Id} of the request, or else a new UUID. The answer has the same
 * header, so that a caller can compare its log with the hub's.
 */
public final class RequestIds implements Filter {

    static final HeaderName HEADER = HeaderNames.create("X-Request-Id");

    // Printable ASCII: whatever else the bytes are, two that read them may differ over it.
    private static final Pattern FORM = Pattern.compile("[\\x21-\\x7e]([\\x20-\\x7e]{0,254}[\\x21-\\x7e])?");

    /** Only {@link Problems#serve} adds it. */
    RequestIds() {}

    @Override
    public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
        response.header(HEADER, nameFor(request.headers()));
        chain.proceed();
    }

    /** The caller's name for a request; empty without one, or with one that can't be. */
    public static Optional<String> of(ServerRequest request) {
        return of(request.headers());
    }

    private static Optional<String> of(Headers headers) {
        return headers.first(HEADER).filter(id -> FORM.matcher(id).matches());
    }

    static String nameFor(Headers headers) {
        return of(headers).orElseGet(RequestIds::next);
    }

    /** A UUID of version 7 (RFC 9562, section 5.7). It is no secret, and needs no random numbers that are. */
    private static String next() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        long high = System.currentTimeMillis() << 16 | 0x7000 | random.nextLong(1 << 12);
        long low = 0x8000_0000_0000_0000L | random.nextLong() >>> 2;
        return new UUID(high, low).toString();
    }
}
