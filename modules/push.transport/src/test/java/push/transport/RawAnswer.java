package push.transport;

import static java.util.Objects.requireNonNullElse;

import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import push.protocol.v1.PushEvent;
import push.transport.gate.RawFrame;

/** Everything that was received on one stream. */
final class RawAnswer {

    private static final int PREFIX_BYTES = 5;

    private final Bytes data = new Bytes();
    private final List<Map<String, String>> headers = new ArrayList<>();
    private int whole;
    private int nextPrefix;

    void add(RawFrame frame, RawHeaders hpack) {
        if (frame.type == RawFrame.HEADERS) {
            headers.add(hpack.decode(frame));
            return;
        }
        data.writeBytes(frame.payload);
        if (data.size() >= nextPrefix + PREFIX_BYTES) {
            countMessages();
        }
    }

    private void countMessages() {
        ByteBuffer bytes = data.all();
        while (bytes.limit() >= nextPrefix + PREFIX_BYTES) {
            int end = nextPrefix + PREFIX_BYTES + bytes.getInt(nextPrefix + 1);
            if (end > bytes.limit()) {
                return;
            }
            nextPrefix = end;
            whole++;
        }
    }

    /** All header blocks; only one if the response consists of trailers only. */
    List<Map<String, String>> headers() {
        return headers;
    }

    /** The value of a header in the last block; empty if it is missing. */
    String last(String name) {
        return requireNonNullElse(headers.getLast().get(name), "");
    }

    /** The number of received bytes of messages. */
    int bytes() {
        return data.size();
    }

    /** The number of complete messages. */
    int whole() {
        return whole;
    }

    /** The complete messages. */
    List<PushEvent> messages() throws InvalidProtocolBufferException {
        ByteBuffer bytes = data.all().limit(nextPrefix);
        List<PushEvent> messages = new ArrayList<>();
        while (bytes.hasRemaining()) {
            if (bytes.get() != 0) {
                throw new AssertionError("a message has the flag for compression");
            }
            int length = bytes.getInt();
            messages.add(PushEvent.parseFrom(bytes.slice(bytes.position(), length)));
            bytes.position(bytes.position() + length);
        }
        return messages;
    }

    /** Gives access to the bytes without copying them. */
    private static final class Bytes extends ByteArrayOutputStream {

        synchronized ByteBuffer all() {
            return ByteBuffer.wrap(buf, 0, count);
        }
    }
}
