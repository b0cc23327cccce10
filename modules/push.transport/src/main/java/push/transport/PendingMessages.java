package push.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Messages that a stream has taken and not yet written, as one sequence of bytes. For one thread at a time. */
final class PendingMessages {

    private final ArrayDeque<byte[]> messages = new ArrayDeque<>();
    private int offset;
    private int bytes;

    /** Adds one, with its prefix. */
    void add(byte[] message) {
        messages.add(message);
        bytes += message.length;
    }

    /** How many bytes there are. */
    int bytes() {
        return bytes;
    }

    /** Moves the next {@code length} bytes, of which there must be as many, to {@code into}. */
    void read(ByteBuffer into, int length) {
        bytes -= length;
        int left = length;
        while (left > 0) {
            byte[] message = messages.element();
            int part = Math.min(left, message.length - offset);
            into.put(message, offset, part);
            left -= part;
            offset += part;
            if (offset == message.length) {
                offset = 0;
                messages.remove();
            }
        }
    }
}
