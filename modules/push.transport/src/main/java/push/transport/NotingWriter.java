package push.transport;

import io.helidon.http.http2.FlowControl;
import io.helidon.http.http2.Http2Flag;
import io.helidon.http.http2.Http2FrameData;
import io.helidon.http.http2.Http2Headers;
import io.helidon.http.http2.Http2StreamWriter;

/** Records whether response headers were written. For one thread at a time, except for {@link #hasWritten}. */
final class NotingWriter implements Http2StreamWriter {

    private final Http2StreamWriter writer;
    private volatile boolean written;

    NotingWriter(Http2StreamWriter writer) {
        this.writer = writer;
    }

    boolean hasWritten() {
        return written;
    }

    @Override
    public void write(Http2FrameData frame) {
        writer.write(frame);
    }

    @Override
    public void writeData(Http2FrameData frame, FlowControl.Outbound flowControl) {
        writer.writeData(frame, flowControl);
    }

    @Override
    public int writeHeaders(
            Http2Headers headers, int streamId, Http2Flag.HeaderFlags flags, FlowControl.Outbound flowControl) {
        written = true;
        return writer.writeHeaders(headers, streamId, flags, flowControl);
    }

    @Override
    public int writeHeaders(
            Http2Headers headers,
            int streamId,
            Http2Flag.HeaderFlags flags,
            Http2FrameData dataFrame,
            FlowControl.Outbound flowControl) {
        written = true;
        return writer.writeHeaders(headers, streamId, flags, dataFrame, flowControl);
    }
}
