package push.transport.gate;

/** The constants of HTTP/2, RFC 9113: frame types (section 6), flags, settings (6.5.2), error codes (7) and limits. */
final class Http2 {

    static final int FRAME_HEADER_BYTES = 9;

    /** The largest frame payload that the hub accepts, in bytes. Every peer accepts this size. */
    static final int MAX_FRAME_BYTES = 16_384;

    /** The largest size of a flow-control window, in bytes. */
    static final int MAX_WINDOW = Integer.MAX_VALUE;

    /** The size of every flow-control window before any SETTINGS or WINDOW_UPDATE, in bytes. */
    static final int INITIAL_WINDOW = 65_535;

    static final int DATA = 0x0;
    static final int HEADERS = 0x1;
    static final int PRIORITY = 0x2;
    static final int RST_STREAM = 0x3;
    static final int SETTINGS = 0x4;
    static final int PUSH_PROMISE = 0x5;
    static final int PING = 0x6;
    static final int GOAWAY = 0x7;
    static final int WINDOW_UPDATE = 0x8;
    static final int CONTINUATION = 0x9;

    static final int END_STREAM = 0x1;
    static final int ACK = 0x1;
    static final int END_HEADERS = 0x4;
    static final int PADDED = 0x8;
    static final int WITH_PRIORITY = 0x20;

    static final int HEADER_TABLE_SIZE = 0x1;
    static final int ENABLE_PUSH = 0x2;
    static final int MAX_CONCURRENT_STREAMS = 0x3;
    static final int INITIAL_WINDOW_SIZE = 0x4;
    static final int MAX_FRAME_SIZE = 0x5;
    static final int MAX_HEADER_LIST_SIZE = 0x6;

    static final int NO_ERROR = 0x0;
    static final int PROTOCOL_ERROR = 0x1;
    static final int INTERNAL_ERROR = 0x2;
    static final int FLOW_CONTROL_ERROR = 0x3;
    static final int STREAM_CLOSED = 0x5;
    static final int FRAME_SIZE_ERROR = 0x6;
    static final int REFUSED_STREAM = 0x7;
    static final int CANCEL = 0x8;
    static final int COMPRESSION_ERROR = 0x9;
    static final int ENHANCE_YOUR_CALM = 0xb;

    /** The largest error code that HTTP/2 defines. */
    static final int LAST_ERROR_CODE = 0xd;

    private Http2() {}

    /**
     * The size of a padded frame's payload without the padding and the pad length, in bytes.
     *
     * @throws ConnectionError if the padding is longer than the frame
     */
    static int unpadded(byte[] bytes, int from, int length) throws ConnectionError {
        if (length < 1 || (bytes[from] & 0xff) >= length) {
            throw ConnectionError.protocol("the padding is longer than the frame");
        }
        return length - 1 - (bytes[from] & 0xff);
    }

    /** The integer of four bytes at an index, most significant byte first. */
    static int intAt(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 24)
                | ((bytes[at + 1] & 0xff) << 16)
                | ((bytes[at + 2] & 0xff) << 8)
                | (bytes[at + 3] & 0xff);
    }
}
