package push.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.http2.Http2FrameHeader;
import io.helidon.http.http2.Http2FrameTypes;
import io.helidon.http.http2.Http2RstStream;
import io.helidon.http.http2.Http2StreamState;
import io.helidon.http.http2.Http2WindowUpdate;
import io.helidon.webserver.http2.spi.Http2SubProtocolSelector.SubProtocolHandler;

/** A stream that is answered at once. The rest of its request is ignored. */
final class RefusedStream implements SubProtocolHandler {

    private final Runnable answer;
    private Http2StreamState state;

    /** @param answer writes the complete response */
    RefusedStream(Runnable answer, Http2StreamState state) {
        this.answer = answer;
        this.state = state;
    }

    @Override
    public void init() {
        answer.run();
        if (state == Http2StreamState.HALF_CLOSED_REMOTE) {
            state = Http2StreamState.CLOSED;
        }
    }

    /** The initial state; {@code CLOSED} once the request has ended or the stream was reset. */
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
        state = Http2StreamState.CLOSED; // by the peer, or by the gate because the stream is answered
    }

    @Override
    public void windowUpdate(Http2WindowUpdate update) {
        // Helidon never calls this method, and nothing waits for it.
    }
}
