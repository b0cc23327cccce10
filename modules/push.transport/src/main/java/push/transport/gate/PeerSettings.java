package push.transport.gate;

/** Applies the SETTINGS frames of the peer (RFC 9113, section 6.5). For the connection's reading thread. */
final class PeerSettings {

    private static final int SETTING_BYTES = 6;
    private static final int MAX_FRAME_SIZE_LIMIT = 0xff_ffff;

    private final Http2Outbound out;
    private final SendWindows windows;
    private final SerialWriter writer;
    private final PeerBudget budget;
    private boolean hasArrived;

    PeerSettings(Http2Outbound out, SendWindows windows, SerialWriter writer, PeerBudget budget) {
        this.out = out;
        this.windows = windows;
        this.writer = writer;
        this.budget = budget;
    }

    /** Whether the peer has sent its settings. */
    boolean hasArrived() {
        return hasArrived;
    }

    /** Handles a SETTINGS frame. */
    void handle(int flags, int id, byte[] bytes, int from, int length) throws ConnectionError {
        if (id != 0) {
            throw ConnectionError.protocol("SETTINGS on stream " + id);
        }
        if ((flags & Http2.ACK) != 0) {
            FrameHandler.requireLength(length, 0, "a SETTINGS acknowledgement");
            budget.spend(PeerBudget.CHEAP, "SETTINGS frames");
            return;
        }
        if (length % SETTING_BYTES != 0) {
            throw new ConnectionError(
                    Http2.FRAME_SIZE_ERROR,
                    "SETTINGS has " + length + " bytes; it must have a multiple of " + SETTING_BYTES);
        }
        budget.spend(PeerBudget.COSTLY + length / SETTING_BYTES, "SETTINGS frames");
        hasArrived = true;
        for (int at = from; at < from + length; at += SETTING_BYTES) {
            apply(((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff), Http2.intAt(bytes, at + 2) & 0xffff_ffffL);
        }
        writer.control(ControlFrames.settingsAck());
    }

    private void apply(int name, long value) throws ConnectionError {
        switch (name) {
            case Http2.HEADER_TABLE_SIZE -> out.peerHasTableOf(value);
            case Http2.ENABLE_PUSH -> {
                if (value > 1) {
                    throw ConnectionError.protocol("ENABLE_PUSH is " + value + "; it must be 0 or 1");
                }
            }
            case Http2.INITIAL_WINDOW_SIZE -> {
                if (value > Http2.MAX_WINDOW || !windows.setInitialWindow(value)) {
                    throw new ConnectionError(Http2.FLOW_CONTROL_ERROR, "INITIAL_WINDOW_SIZE makes a window too large");
                }
                out.flushSoon();
            }
            case Http2.MAX_FRAME_SIZE -> {
                if (value < Http2.MAX_FRAME_BYTES || value > MAX_FRAME_SIZE_LIMIT) {
                    throw ConnectionError.protocol(
                            "MAX_FRAME_SIZE is " + value + "; it must be from 16384 to 16777215");
                }
            }
            default -> {} // the setting limits something that the hub does not do, or is unknown
        }
    }
}
