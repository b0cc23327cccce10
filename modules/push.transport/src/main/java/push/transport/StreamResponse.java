package push.transport;

import io.grpc.Status;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.WritableHeaders;
import io.helidon.http.http2.FlowControl;
import io.helidon.http.http2.Http2Flag;
import io.helidon.http.http2.Http2Headers;
import io.helidon.http.http2.Http2StreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The headers and trailers of a stream's response, as gRPC maps them to HTTP/2 (<a
 * href="https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md">PROTOCOL-HTTP2</a>). For one thread at a time.
 */
final class StreamResponse {

    private static final HeaderName GRPC_STATUS = HeaderNames.create("grpc-status");
    private static final HeaderName GRPC_MESSAGE = HeaderNames.create("grpc-message");
    private static final HeaderName GRPC_ACCEPT_ENCODING = HeaderNames.create("grpc-accept-encoding");

    /** The largest {@code grpc-message}, in bytes: a client's HTTP/2 library may refuse 8 KiB of response headers. */
    private static final int MAX_MESSAGE_BYTES = 1_024;

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private final Http2StreamWriter writer;
    private final int streamId;
    private final FlowControl.Outbound window;
    private boolean begun;

    StreamResponse(Http2StreamWriter writer, int streamId, FlowControl.Outbound window) {
        this.writer = writer;
        this.streamId = streamId;
        this.window = window;
    }

    /** Notes that Helidon has already written the response headers. */
    void begun() {
        begun = true;
    }

    /** Writes the response headers. Messages follow. */
    void begin() {
        begun = true;
        write(ok(grpcHeaders()), Http2Flag.END_OF_HEADERS);
    }

    /** Ends the stream with trailers; if no headers were written, one HEADERS frame serves as both. */
    void end(Status status) {
        WritableHeaders<?> trailers = begun ? WritableHeaders.create() : grpcHeaders();
        trailers.set(GRPC_STATUS, Integer.toString(status.getCode().value()));
        String description = status.getDescription();
        if (description != null) {
            trailers.set(GRPC_MESSAGE, percentEncoded(description));
        }
        if (status.getCode() == Status.Code.UNIMPLEMENTED) {
            trailers.set(GRPC_ACCEPT_ENCODING, RequestMessage.encodings());
        }
        write(begun ? Http2Headers.create(trailers) : ok(trailers), Http2Flag.END_OF_HEADERS | Http2Flag.END_OF_STREAM);
    }

    /** Ends the stream of a client that does not use gRPC, and would read status 200 as success. */
    void refuse(io.helidon.http.Status status) {
        WritableHeaders<?> headers = WritableHeaders.create();
        if (status.equals(io.helidon.http.Status.METHOD_NOT_ALLOWED_405)) {
            headers.set(HeaderNames.ALLOW, "POST");
        }
        Http2Headers answer = Http2Headers.create(headers);
        answer.status(status);
        write(answer, Http2Flag.END_OF_HEADERS | Http2Flag.END_OF_STREAM);
    }

    private static WritableHeaders<?> grpcHeaders() {
        WritableHeaders<?> headers = WritableHeaders.create();
        headers.set(HeaderNames.CONTENT_TYPE, "application/grpc");
        return headers;
    }

    private static Http2Headers ok(WritableHeaders<?> headers) {
        Http2Headers answer = Http2Headers.create(headers);
        answer.status(io.helidon.http.Status.OK_200);
        return answer;
    }

    private void write(Http2Headers headers, int flags) {
        writer.writeHeaders(headers, streamId, Http2Flag.HeaderFlags.create(flags), window);
    }

    /**
     * Percent-encodes the UTF-8 bytes of the percent sign and of all characters other than printable ASCII. Cuts the
     * text after the last character that fits into {@link #MAX_MESSAGE_BYTES}.
     */
    static String percentEncoded(String text) {
        StringBuilder encoded = new StringBuilder(Math.min(text.length(), MAX_MESSAGE_BYTES));
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            int fits = encoded.length();
            append(Character.toString(text.codePointAt(i)), encoded);
            if (encoded.length() > MAX_MESSAGE_BYTES) {
                encoded.setLength(fits);
                break;
            }
        }
        return encoded.toString();
    }

    private static void append(String character, StringBuilder encoded) {
        for (byte b : character.getBytes(StandardCharsets.UTF_8)) {
            if (b >= ' ' && b <= '~' && b != '%') {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
    }
}
