package push.transport.gate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The body of an HTTP/1 request, on its way to Helidon. For one thread at a time. */
interface Http1Body {

    /**
     * Takes as many bytes of the body as it can.
     *
     * @return the bytes that Helidon reads next; null if more bytes must arrive first
     */
    byte @Nullable [] take(ByteQueue bytes) throws Refusal;

    /** Whether Helidon has been given the whole body. */
    boolean isOver();

    /** The number of body bytes so far, without their framing. */
    long size();

    /** Makes the body of a request. */
    static Http1Body of(Http1Request request, int maxTrailers) {
        return request.bodyLength() == Http1Request.CHUNKED
                ? new ChunkedBody(maxTrailers)
                : new LengthBody(request.bodyLength());
    }

    /** A body of known length. */
    final class LengthBody implements Http1Body {

        private final long length;
        private long taken;

        LengthBody(long length) {
            this.length = length;
        }

        @Override
        public byte @Nullable [] take(ByteQueue bytes) {
            int n = (int) Math.min(bytes.size(), length - taken);
            if (n == 0) {
                return null;
            }
            taken += n;
            return Arrays.copyOfRange(bytes.array(), bytes.skip(n), bytes.from());
        }

        @Override
        public boolean isOver() {
            return taken == length;
        }

        @Override
        public long size() {
            return taken;
        }
    }
}
