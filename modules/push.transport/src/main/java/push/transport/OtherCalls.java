package push.transport;

import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Method;
import io.helidon.http.http2.Http2Headers;
import io.helidon.http.http2.Http2Settings;
import io.helidon.http.http2.Http2StreamState;
import io.helidon.http.http2.Http2StreamWriter;
import io.helidon.http.http2.StreamFlowControl;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.Router;
import io.helidon.webserver.http2.spi.Http2SubProtocolSelector;
import io.helidon.webserver.http2.spi.SubProtocolResult;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import push.transport.gate.Http2Filter;
import push.transport.gate.Http2Stream;

/**
 * Handles gRPC calls other than the push stream: health and reflection, which Helidon serves behind a
 * {@link CheckedCall}, and calls of unknown methods, which Helidon would answer with status 404 and no text. A call
 * that is not allowed is refused first.
 */
final class OtherCalls implements Http2SubProtocolSelector {

    /** The memory that Helidon allocates for each gRPC call, in bytes: a buffer in each direction. */
    private static final int BUFFERS_BYTES = 32 << 10;

    private final CallGuard guard;
    private final Http2SubProtocolSelector grpc;
    private final Map<String, MethodDescriptor<?, ?>> methods = new HashMap<>();

    /** @param grpc Helidon's gRPC selector, which serves the services */
    OtherCalls(CallGuard guard, Http2SubProtocolSelector grpc, ServiceDescriptor... services) {
        this.guard = guard;
        this.grpc = grpc;
        for (ServiceDescriptor service : services) {
            service.getMethods().forEach(method -> methods.put("/" + method.getFullMethodName(), method));
        }
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
        if (!prologue.method().equals(Method.POST) || !new RequestHeaders(headers.httpHeaders()).areGrpc()) {
            return NOT_SUPPORTED;
        }
        StreamResponse response = new StreamResponse(writer, streamId, flowControl.outbound());
        Optional<Status> refusal = guard.refusal(new GrpcCaller(context, prologue, headers.httpHeaders()));
        if (refusal.isPresent()) { // also for an unknown method, so that the answer does not tell which methods exist
            return new SubProtocolResult(true, new RefusedStream(() -> response.end(refusal.get()), state));
        }
        String path = prologue.uriPath().rawPath();
        MethodDescriptor<?, ?> method = methods.get(path);
        Http2Stream stream = context instanceof Http2Filter connection ? connection.stream(streamId) : null;
        if (stream != null && !stream.tryHold(BUFFERS_BYTES)) {
            Status busy = Status.RESOURCE_EXHAUSTED.withDescription("the hub holds too many calls; try again later");
            return new SubProtocolResult(true, new RefusedStream(() -> response.end(busy), state));
        }
        if (method == null) {
            Status unknown = Status.UNIMPLEMENTED.withDescription("there is no method " + path);
            return new SubProtocolResult(true, new RefusedStream(() -> response.end(unknown), state));
        }
        NotingWriter noting = new NotingWriter(writer);
        SubProtocolResult served = grpc.subProtocol(
                context,
                prologue,
                headers,
                noting,
                streamId,
                serverSettings,
                clientSettings,
                flowControl,
                state,
                router);
        if (!served.supported()) {
            return served;
        }
        // Helidon sets no context for a call, and the health service keeps each watcher until its context is cancelled.
        Context.CancellableContext call = Context.ROOT.withCancellation();
        if (stream != null) {
            stream.whenServed(() -> call.cancel(null));
        }
        return new SubProtocolResult(
                true, new CheckedCall(served.subProtocol(), method, call, streamId, response, noting::hasWritten));
    }
}
