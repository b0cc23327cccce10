package push.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.Status;
import io.helidon.http.http2.Http2FrameHeader;
import io.helidon.http.http2.Http2FrameTypes;
import io.helidon.http.http2.Http2RstStream;
import io.helidon.http.http2.Http2StreamState;
import io.helidon.http.http2.Http2WindowUpdate;
import io.helidon.webserver.http2.spi.Http2SubProtocolSelector.SubProtocolHandler;
import push.transport.gate.ConnectionStreams;

/** A stream that calls our method, but not by gRPC. */
final class RefusedStream implements SubProtocolHandler {

    private final ConnectionStreams streams;
    private final StreamResponse response;
    private final Status status;
    private Http2StreamState state;

    RefusedStream(ConnectionStreams streams, StreamResponse response, Status status, Http2StreamState state) {
        this.streams = streams;
        this.response = response;
        this.status = status;
        this.state = state;
    }

    @Override
    public void init() {
        streams.interruptAtEnd(Thread.currentThread()); // Helidon has it wait for the rest of the request
        response.refuse(status);
    }

    /** The state as it was at first, until nothing more will come. */
    @Override
    public Http2StreamState streamState() {
        return state;
    }

    @Override
    public void data(Http2FrameHeader header, BufferData data) {
        if (header.flags(Http2FrameTypes.DATA).endOfStream()) {
            state = Http2StreamState.CLOSED;
        }
    }

    @Override
    public void rstStream(Http2RstStream reset) {
        // Helidon ends the stream; nothing here hangs on it.
    }

    @Override
    public void windowUpdate(Http2WindowUpdate update) {
        // Never called, and nothing is waiting for it.
    }
}
