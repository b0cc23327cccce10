package push.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.http2.Http2FrameHeader;
import io.helidon.http.http2.Http2FrameTypes;
import io.helidon.http.http2.Http2RstStream;
import io.helidon.http.http2.Http2StreamState;
import io.helidon.http.http2.Http2WindowUpdate;
import io.helidon.webserver.http2.spi.Http2SubProtocolSelector.SubProtocolHandler;

/** A stream that is answered at once, whatever its request may still bring. */
final class RefusedStream implements SubProtocolHandler {

    private final Runnable answer;
    private Http2StreamState state;

    /** @param answer writes the answer, to its end */
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
        state = Http2StreamState.CLOSED; // by the peer, or by the gate, as the stream is answered
    }

    @Override
    public void windowUpdate(Http2WindowUpdate update) {
        // Never called, and nothing waits for it.
    }
}
