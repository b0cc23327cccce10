package push.transport;

import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.helidon.common.buffers.BufferData;
import io.helidon.http.http2.Http2ErrorCode;
import io.helidon.http.http2.Http2Flag;
import io.helidon.http.http2.Http2FrameHeader;
import io.helidon.http.http2.Http2FrameTypes;
import io.helidon.http.http2.Http2RstStream;
import io.helidon.http.http2.Http2StreamState;
import io.helidon.http.http2.Http2WindowUpdate;
import io.helidon.webserver.http2.spi.Http2SubProtocolSelector.SubProtocolHandler;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks the messages of a call before Helidon serves it: Helidon does not answer a call whose message it cannot parse,
 * and logs a stack trace. Only the stream's own thread may call the methods, except {@link #rstStream}.
 */
final class CheckedCall implements SubProtocolHandler {

    /** The largest message, in bytes: health and reflection requests are small. */
    private static final int MAX_MESSAGE_BYTES = 1 << 16;

    private final SubProtocolHandler served;
    private final MethodDescriptor<?, ?> method;
    private final Context context;
    private final int streamId;
    private final StreamResponse response;
    private final BooleanSupplier hasBegun;
    private byte[] pending = new byte[0];
    private volatile boolean refused;
    private volatile boolean requestEnded;

    /**
     * @param context the gRPC context of the call, which the service gets from {@link Context#current}
     * @param response writes the response to a refused call in place of Helidon
     * @param hasBegun returns true once Helidon has written its response headers
     */
    CheckedCall(
            SubProtocolHandler served,
            MethodDescriptor<?, ?> method,
            Context context,
            int streamId,
            StreamResponse response,
            BooleanSupplier hasBegun) {
        this.served = served;
        this.method = method;
        this.context = context;
        this.streamId = streamId;
        this.response = response;
        this.hasBegun = hasBegun;
    }

    @Override
    public void init() {
        context.run(served::init);
    }

    @Override
    public Http2StreamState streamState() {
        if (!refused) {
            return served.streamState();
        }
        // The state is CLOSED only once the request has ended: Helidon treats a frame on a closed stream as a
        // connection error.
        return requestEnded ? Http2StreamState.CLOSED : Http2StreamState.HALF_CLOSED_LOCAL;
    }

    @Override
    public void rstStream(Http2RstStream reset) {
        requestEnded = true;
        served.rstStream(reset);
    }

    @Override
    public void windowUpdate(Http2WindowUpdate update) {
        served.windowUpdate(update);
    }

    @Override
    public void data(Http2FrameHeader header, BufferData data) {
        boolean last = header.flags(Http2FrameTypes.DATA).endOfStream();
        if (last) {
            requestEnded = true;
        }
        if (refused) {
            return;
        }
        byte[] more = data.readBytes();
        byte[] all = Arrays.copyOf(pending, pending.length + more.length);
        System.arraycopy(more, 0, all, pending.length, more.length);
        int whole = 0;
        Status fault = null;
        while (fault == null && all.length - whole >= GrpcMessage.PREFIX_BYTES) {
            long length = Integer.toUnsignedLong(ByteBuffer.wrap(all).getInt(whole + 1));
            fault = fault(all, whole, length);
            if (fault != null || all.length - whole - GrpcMessage.PREFIX_BYTES < length) {
                break;
            }
            whole += GrpcMessage.PREFIX_BYTES + (int) length;
        }
        pending = Arrays.copyOfRange(all, whole, all.length);
        if (fault == null && last && pending.length > 0) {
            fault = Status.INVALID_ARGUMENT.withDescription("the request message is cut short");
        }
        if (fault != null) {
            refuse(fault);
        } else if (whole > 0 || last) {
            pass(Arrays.copyOf(all, whole), last);
        }
    }

    private @Nullable Status fault(byte[] bytes, int at, long length) {
        if (bytes[at] != 0) {
            return Status.UNIMPLEMENTED.withDescription("compressed requests are not supported by this method");
        }
        if (length > MAX_MESSAGE_BYTES) {
            return Status.RESOURCE_EXHAUSTED.withDescription(
                    "a request message must have at most " + MAX_MESSAGE_BYTES + " bytes, but has " + length);
        }
        if (bytes.length - at - GrpcMessage.PREFIX_BYTES < length) {
            return null; // the rest has not arrived yet
        }
        try {
            method.parseRequest(new ByteArrayInputStream(bytes, at + GrpcMessage.PREFIX_BYTES, (int) length));
            return null;
        } catch (RuntimeException e) {
            return Status.INVALID_ARGUMENT.withDescription(
                    "the request message is not one of " + method.getFullMethodName());
        }
    }

    private void pass(byte[] messages, boolean last) {
        int flags = last ? Http2Flag.END_OF_STREAM : 0;
        Http2FrameHeader header = Http2FrameHeader.create(
                messages.length, Http2FrameTypes.DATA, Http2Flag.DataFlags.create(flags), streamId);
        context.run(() -> served.data(header, BufferData.create(messages)));
    }

    private void refuse(Status fault) {
        refused = true;
        if (hasBegun.getAsBoolean()) {
            response.begun();
        }
        response.end(fault);
        served.rstStream(new Http2RstStream(Http2ErrorCode.CANCEL));
    }
}
