package push.transport;

import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.http.http2.Http2Headers;
import io.helidon.http.http2.Http2Settings;
import io.helidon.http.http2.Http2StreamState;
import io.helidon.http.http2.Http2StreamWriter;
import io.helidon.http.http2.StreamFlowControl;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http2.spi.Http2SubProtocolSelector;
import io.helidon.webserver.http2.spi.SubProtocolResult;
import java.util.Optional;
import push.protocol.v1.PushGrpc;
import push.transport.gate.Http2Filter;
import push.transport.gate.Http2Stream;

/**
 * Accepts the streams that call {@code SubscribePush}, and leaves all others to the next selector. A call that is not
 * allowed is refused before its message is read.
 */
final class PushProtocol implements Http2SubProtocolSelector {

    private static final String PATH = "/" + PushGrpc.getSubscribePushMethod().getFullMethodName();

    private final StreamParts parts;
    private final CallGuard guard;

    PushProtocol(StreamParts parts, CallGuard guard) {
        this.parts = parts;
        this.guard = guard;
    }

    @Override
    public SubProtocolResult subProtocol(
            ConnectionContext context,
            HttpPrologue prologue,
            Http2Headers headers,
            Http2StreamWriter writer,
            int streamId,
            Http2Settings serverSettings,
            Http2Settings clientSettings,
            StreamFlowControl flowControl,
            Http2StreamState state,
            Router router) {
        if (!(context instanceof Http2Filter connection)
                || !prologue.uriPath().rawPath().equals(PATH)) {
            return NOT_SUPPORTED;
        }
        Http2Stream stream = connection.stream(streamId);
        if (stream == null) {
            return taken(new EndedStream());
        }
        RequestHeaders request = new RequestHeaders(headers.httpHeaders());
        StreamResponse response = new StreamResponse(writer, streamId, flowControl.outbound());
        if (!prologue.method().equals(Method.POST)) {
            return taken(refused(response, Status.METHOD_NOT_ALLOWED_405, state));
        }
        if (!request.areGrpc()) {
            return taken(refused(response, Status.UNSUPPORTED_MEDIA_TYPE_415, state));
        }
        Optional<io.grpc.Status> refusal = guard.refusal(new GrpcCaller(connection, prologue, headers.httpHeaders()));
        if (refusal.isPresent()) {
            return taken(refused(response, refusal.get(), state));
        }
        return taken(new PushStream(parts, connection, stream, request, response, state));
    }

    private static SubProtocolHandler refused(StreamResponse response, Status status, Http2StreamState state) {
        return new RefusedStream(() -> response.refuse(status), state);
    }

    private SubProtocolHandler refused(StreamResponse response, io.grpc.Status status, Http2StreamState state) {
        return new RefusedStream(
                () -> {
                    parts.observer().ended(status.getCode().name());
                    response.end(status);
                },
                state);
    }

    private static SubProtocolResult taken(SubProtocolHandler by) {
        return new SubProtocolResult(true, by);
    }
}
