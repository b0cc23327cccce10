package push.transport.gate;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to one stream, for its window or for its turn: header blocks, and at most one DATA frame of
 * Helidon's, because Helidon sees no larger window. Guarded by the connection's {@link Http2Streams}.
 */
final class SendQueue {

    private final ArrayDeque<Piece> pieces = new ArrayDeque<>();
    private int bytes;

    /** A header block, or a part of a body. */
    static final class Piece {

        private final @Nullable List<HeaderField> fields;
        private final byte[] body;
        private final int offset;
        private final boolean last;

        private Piece(@Nullable List<HeaderField> fields, byte[] body, int offset, boolean last) {
            this.fields = fields;
            this.body = body;
            this.offset = offset;
            this.last = last;
        }

        /** The fields of a header block; null for a part of a body. */
        @Nullable
        List<HeaderField> fields() {
            return fields;
        }

        /** Holds the bytes of a part of a body, from {@link #offset} on; empty for a header block. */
        byte[] body() {
            return body;
        }

        int offset() {
            return offset;
        }

        int length() {
            return body.length - offset;
        }

        /** Whether the piece ends the stream. */
        boolean isLast() {
            return last;
        }
    }

    void addHeaders(List<HeaderField> fields, boolean isLast) {
        pieces.add(new Piece(fields, new byte[0], 0, isLast));
    }

    void addBody(byte[] body, boolean isLast) {
        pieces.add(new Piece(null, body, 0, isLast));
        bytes += body.length;
    }

    /** The number of body bytes that wait. */
    int bytes() {
        return bytes;
    }

    @Nullable
    Piece first() {
        return pieces.peek();
    }

    /**
     * Takes the first piece, or as much of it as a window allows.
     *
     * @param most the largest number of body bytes to take; more than 0, unless the body is empty
     */
    Piece take(int most) {
        Piece first = pieces.remove();
        if (first.fields() != null || first.length() <= most) {
            bytes -= first.length();
            return first;
        }
        byte[] part = Arrays.copyOfRange(first.body(), first.offset(), first.offset() + most);
        bytes -= most;
        pieces.addFirst(new Piece(null, first.body(), first.offset() + most, first.isLast()));
        return new Piece(null, part, 0, false);
    }

    /** Discards everything, and returns the number of body bytes that were discarded. */
    int drop() {
        int dropped = bytes;
        pieces.clear();
        bytes = 0;
        return dropped;
    }
}
