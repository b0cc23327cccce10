package push.transport.gate;

/**
 * The limits of one HTTP/2 connection.
 *
 * @param maxStreams the number of streams that may be open at once; at least 1
 * @param maxHeaderListBytes the limit of a request's decoded header fields, in bytes, with 32 bytes added for each
 *     field
 */
public record Http2Limits(int maxStreams, int maxHeaderListBytes) {

    private static final int DEFAULT_HEADER_LIST = 16_384;

    /** 1,024 streams, and header fields of 16 KiB. */
    public static final Http2Limits DEFAULT = new Http2Limits(1_024, 16_384);

    /** These limits, lowered to the given ones where those are smaller. */
    public Http2Limits atMost(long streams, long headerListBytes) {
        return new Http2Limits(
                (int) Math.min(maxStreams, streams), (int) Math.min(maxHeaderListBytes, headerListBytes));
    }

    /** @throws IllegalArgumentException naming the component, its value and the allowed range */
    public Http2Limits {
        if (maxStreams < 1) {
            throw new IllegalArgumentException("maxStreams must be at least 1, but was " + maxStreams);
        }
        if (maxHeaderListBytes < 256 || maxHeaderListBytes > DEFAULT_HEADER_LIST) {
            throw new IllegalArgumentException("maxHeaderListBytes must be from 256 to " + DEFAULT_HEADER_LIST
                    + ", but was " + maxHeaderListBytes);
        }
    }
}
