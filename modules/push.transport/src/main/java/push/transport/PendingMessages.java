package push.transport;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** The messages that wait to be written to a stream, as one sequence of bytes. For one thread at a time. */
final class PendingMessages {

    private final ArrayDeque<byte[]> messages = new ArrayDeque<>();
    private int offset;
    private int bytes;

    /** Adds a message that begins with its gRPC prefix. */
    void add(byte[] message) {
        messages.add(message);
        bytes += message.length;
    }

    /** The number of bytes that wait. */
    int bytes() {
        return bytes;
    }

    /** Moves the next {@code length} bytes to {@code into}. At least that many must wait. */
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
