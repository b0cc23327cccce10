package conformance.hostile;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An HTTP/2 frame in the layout of RFC 9113, section 4.1. Nothing is checked: a test may send any frame. */
public final class Http2Frame {

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int PRIORITY = 2;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PUSH_PROMISE = 5;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int WINDOW_UPDATE = 8;
    public static final int CONTINUATION = 9;

    public static final int END_STREAM = 1;
    public static final int ACK = 1;
    public static final int END_HEADERS = 4;
    public static final int PADDED = 8;
    public static final int WITH_PRIORITY = 0x20;

    private static final int HEADER_BYTES = 9;

    private final int type;
    private final int flags;
    private final int stream;
    private final byte[] payload;

    /** A frame of these parts. Its length field is the length of the payload. */
    public Http2Frame(int type, int flags, int stream, byte... payload) {
        this.type = type;
        this.flags = flags;
        this.stream = stream;
        this.payload = payload.clone();
    }

    /** A frame whose payload is one 32-bit number, such as a window increment or an error code. */
    public static Http2Frame ofNumber(int type, int stream, int number) {
        return new Http2Frame(
                type, 0, stream, ByteBuffer.allocate(4).putInt(number).array());
    }

    /** A SETTINGS frame; identifiers and values alternate. */
    public static Http2Frame settings(int... identifiersAndValues) {
        ByteBuffer payload = ByteBuffer.allocate(identifiersAndValues.length * 3);
        for (int i = 0; i < identifiersAndValues.length; i += 2) {
            payload.putShort((short) identifiersAndValues[i]).putInt(identifiersAndValues[i + 1]);
        }
        return new Http2Frame(SETTINGS, 0, 0, payload.array());
    }

    /** Reads the next frame. */
    static Http2Frame read(DataInputStream in) throws IOException {
        int lengthAndType = in.readInt();
        int flags = in.readUnsignedByte();
        int stream = in.readInt() & Integer.MAX_VALUE;
        byte[] payload = new byte[lengthAndType >>> 8];
        in.readFully(payload);
        return new Http2Frame(lengthAndType & 0xff, flags, stream, payload);
    }

    /** The frame in its wire format. */
    public byte[] bytes() {
        return ByteBuffer.allocate(HEADER_BYTES + payload.length)
                .putInt((payload.length << 8) | type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    /** The number of the frame's type. */
    public int type() {
        return type;
    }

    /** The stream that the frame belongs to; 0 for the connection. */
    public int stream() {
        return stream;
    }

    /** A copy of the payload. */
    public byte[] payload() {
        return payload.clone();
    }

    /** The 32-bit number at an offset of the payload. */
    int number(int offset) {
        return ByteBuffer.wrap(payload).getInt(offset);
    }

    /** Whether any of these flags is set. */
    public boolean has(int flag) {
        return (flags & flag) != 0;
    }

    @Override
    public String toString() {
        return "frame of type " + type + ", flags " + flags + ", stream " + stream + ", " + payload.length + " bytes";
    }
}
