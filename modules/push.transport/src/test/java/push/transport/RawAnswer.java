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

/** All that came on one stream. */
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

    /** Each block of headers: one when the answer is trailers only. */
    List<Map<String, String>> headers() {
        return headers;
    }

    /** What a header of the last block says; empty without it. */
    String last(String name) {
        return requireNonNullElse(headers.getLast().get(name), "");
    }

    /** How many bytes of messages there are. */
    int bytes() {
        return data.size();
    }

    /** How many whole messages there are. */
    int whole() {
        return whole;
    }

    /** The whole messages. */
    List<PushEvent> messages() throws InvalidProtocolBufferException {
        ByteBuffer bytes = data.all().limit(nextPrefix);
        List<PushEvent> messages = new ArrayList<>();
        while (bytes.hasRemaining()) {
            if (bytes.get() != 0) {
                throw new AssertionError("a message is said to be compressed");
            }
            int length = bytes.getInt();
            messages.add(PushEvent.parseFrom(bytes.slice(bytes.position(), length)));
            bytes.position(bytes.position() + length);
        }
        return messages;
    }

    /** Looked at without a copy of all that there is. */
    private static final class Bytes extends ByteArrayOutputStream {

        synchronized ByteBuffer all() {
            return ByteBuffer.wrap(buf, 0, count);
        }
    }
}
