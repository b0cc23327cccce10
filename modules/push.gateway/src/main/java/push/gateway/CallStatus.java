package push.gateway;

import io.grpc.Status;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.http2.Http2ErrorCode;
import io.helidon.http.http2.Http2Headers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Maps the end of an HTTP/2 stream to a gRPC status, as the gRPC project's {@code PROTOCOL-HTTP2.md} and {@code
 * http-grpc-status-mapping.md} define.
 */
final class CallStatus {

    private static final HeaderName STATUS = HeaderNames.createFromLowercase("grpc-status");
    private static final HeaderName MESSAGE = HeaderNames.createFromLowercase("grpc-message");
    private static final int OK = 200;
    private static final int HEX = 16;

    private CallStatus() {}

    /** The end that a stream's trailers report. */
    static StreamEnded ofTrailers(Headers trailers) {
        Optional<String> code = trailers.first(STATUS);
        if (code.isEmpty()) {
            return withoutStatus();
        }
        Status status = ofCode(code.get());
        return StreamEnded.byHub(trailers.first(MESSAGE)
                .map(text -> status.withDescription(percentDecoded(text)))
                .orElse(status));
    }

    /** The end of a stream that finished without a status. */
    static StreamEnded withoutStatus() {
        return StreamEnded.byOther(Status.UNKNOWN.withDescription("the stream ended without a status"));
    }

    /** The end that a response reports; empty if the response starts a gRPC stream. */
    static Optional<StreamEnded> ofResponse(Http2Headers response) {
        Headers headers = response.httpHeaders();
        if (headers.contains(STATUS)) {
            return Optional.of(ofTrailers(headers));
        }
        int http = response.status().code();
        if (http != OK) {
            return Optional.of(
                    StreamEnded.byOther(ofHttp(http).withDescription("the response has HTTP status " + http)));
        }
        String type = headers.first(HeaderNames.CONTENT_TYPE).orElse("none");
        if (!type.startsWith("application/grpc")) {
            return Optional.of(
                    StreamEnded.byOther(Status.UNKNOWN.withDescription("the response has content type " + type)));
        }
        return Optional.empty();
    }

    /** The end of a stream that was reset. */
    static StreamEnded ofReset(Http2ErrorCode code) {
        Status status = switch (code) {
            case REFUSED_STREAM -> Status.UNAVAILABLE;
            case CANCEL -> Status.CANCELLED;
            case ENHANCE_YOUR_CALM -> Status.RESOURCE_EXHAUSTED;
            case INADEQUATE_SECURITY -> Status.PERMISSION_DENIED;
            default -> Status.INTERNAL;
        };
        return StreamEnded.byOther(status.withDescription("the stream was reset: " + code));
    }

    private static Status ofHttp(int http) {
        return switch (http) {
            case 400 -> Status.INTERNAL;
            case 401 -> Status.UNAUTHENTICATED;
            case 403 -> Status.PERMISSION_DENIED;
            case 404 -> Status.UNIMPLEMENTED;
            case 429, 502, 503, 504 -> Status.UNAVAILABLE;
            default -> Status.UNKNOWN;
        };
    }

    private static Status ofCode(String code) {
        try {
            return Status.fromCodeValue(Integer.parseInt(code));
        } catch (NumberFormatException e) {
            return Status.UNKNOWN.withDescription("the stream ended with status '" + code + "'");
        }
    }

    /** Keeps invalid escapes as they are, as the protocol requires. */
    static String percentDecoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), HEX) : -1;
            int low = high < 0 ? -1 : Character.digit(text.charAt(i + 2), HEX);
            if (low < 0) {
                bytes.write(c);
            } else {
                bytes.write(high * HEX + low);
                i += 2;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
