package push.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.http2.Http2FrameHeader;
import io.helidon.http.http2.Http2RstStream;
import io.helidon.http.http2.Http2StreamState;
import io.helidon.http.http2.Http2WindowUpdate;
import io.helidon.webserver.http2.spi.Http2SubProtocolSelector.SubProtocolHandler;

/** A stream that was reset before it could be served. */
final class EndedStream implements SubProtocolHandler {

    @Override
    public void init() {}

    @Override
    public Http2StreamState streamState() {
        return Http2StreamState.CLOSED;
    }

    @Override
    public void rstStream(Http2RstStream reset) {}

    @Override
    public void windowUpdate(Http2WindowUpdate update) {}

    @Override
    public void data(Http2FrameHeader header, BufferData data) {}
}
