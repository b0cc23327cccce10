package push.transport.gate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A request's body, on its way to Helidon. One thread at a time. */
interface Http1Body {

    /**
     * Takes what it can.
     *
     * @return what Helidon reads next; null when more bytes must come first
     */
    byte @Nullable [] take(ByteQueue bytes) throws Refusal;

    /** Whether Helidon has had all of it. */
    boolean isOver();

    /** How many bytes there have been, without what frames them. */
    long size();

    /** The body of a request. */
    static Http1Body of(Http1Request request, int maxTrailers) {
        return request.bodyLength() == Http1Request.CHUNKED
                ? new ChunkedBody(maxTrailers)
                : new LengthBody(request.bodyLength());
    }

    /** A body whose length was told. */
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
