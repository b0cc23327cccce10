package push.transport;

import io.grpc.Status;
import io.grpc.StatusException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The gRPC header fields of a request. */
record RequestHeaders(Headers headers) {

    private static final HeaderName GRPC_TIMEOUT = HeaderNames.create("grpc-timeout");
    private static final HeaderName GRPC_ENCODING = HeaderNames.create("grpc-encoding");
    private static final Pattern TIMEOUT = Pattern.compile("([0-9]{1,8})([HMSmun])");

    /** Whether the content type is that of gRPC. A request with another one must not get a gRPC response. */
    boolean areGrpc() {
        String type = headers.first(HeaderNames.CONTENT_TYPE).orElse("");
        return type.equals("application/grpc")
                || type.startsWith("application/grpc+")
                || type.startsWith("application/grpc;");
    }

    /** The encoding of compressed messages. */
    String encoding() {
        return headers.first(GRPC_ENCODING).orElse("identity");
    }

    /** The timeout of the call, in nanoseconds; empty if the call has none. */
    Optional<Long> timeoutNanos() throws StatusException {
        Optional<String> text = headers.first(GRPC_TIMEOUT);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher timeout = TIMEOUT.matcher(text.get());
        if (!timeout.matches()) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("grpc-timeout must be 1 to 8 digits and one of H, M, S, m, u, n")
                    .asException();
        }
        TimeUnit unit = switch (timeout.group(2)) {
            case "H" -> TimeUnit.HOURS;
            case "M" -> TimeUnit.MINUTES;
            case "S" -> TimeUnit.SECONDS;
            case "m" -> TimeUnit.MILLISECONDS;
            case "u" -> TimeUnit.MICROSECONDS;
            default -> TimeUnit.NANOSECONDS;
        };
        return Optional.of(unit.toNanos(Long.parseLong(timeout.group(1))));
    }
}
