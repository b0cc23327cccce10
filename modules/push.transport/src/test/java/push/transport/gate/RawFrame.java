package push.transport.gate;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An HTTP/2 frame in the layout of RFC 9113, section 4.1. */
public final class RawFrame {

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;

    public static final int END_STREAM = 1;
    public static final int ACK = 1;
    public static final int END_HEADERS = 4;

    private static final int HEADER_BYTES = 9;

    public final int type;
    public final int flags;
    public final int stream;
    public final byte[] payload;

    public RawFrame(int type, int flags, int stream, byte... payload) {
        this.type = type;
        this.flags = flags;
        this.stream = stream;
        this.payload = payload;
    }

    public static RawFrame read(DataInputStream in) throws IOException {
        int lengthAndType = in.readInt();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        byte[] payload = new byte[lengthAndType >>> 8];
        in.readFully(payload);
        return new RawFrame(lengthAndType & 0xff, flags, stream, payload);
    }

    public byte[] bytes() {
        return ByteBuffer.allocate(HEADER_BYTES + payload.length)
                .putInt((payload.length << 8) | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /** Whether the frame ends its stream. */
    public boolean isLast() {
        return type == RST_STREAM || ((type == DATA || type == HEADERS) && has(END_STREAM));
    }

    @Override
    public String toString() {
        return "frame of type " + type + ", flags " + flags + ", stream " + stream + ", " + payload.length + " bytes";
    }
}
