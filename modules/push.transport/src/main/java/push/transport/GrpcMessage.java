package push.transport;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import push.engine.Delivery;
import push.engine.Entry;
import push.engine.Notice;
import push.protocol.v1.PushEvent;

/**
 * Encodes deliveries as gRPC messages: a serialized {@link PushEvent} after gRPC's prefix, which is one byte for "not
 * compressed" and the length in four bytes.
 */
final class GrpcMessage {

    /** The length of the prefix, in bytes. */
    static final int PREFIX_BYTES = 5;

    private GrpcMessage() {}

    /** Returns the message of a delivery. All streams share the message of an event, so it must not be changed. */
    static byte[] of(Delivery delivery) {
        return switch (delivery) {
            case Entry event -> event.wire();
            case Notice notice -> of(NoticeEncoder.encode(notice)); // delivered once, to one reader: not worth caching
        };
    }

    /** Returns the message with this content, which is an event or a notice. */
    static byte[] of(PushEvent event) {
        int length = event.getSerializedSize();
        byte[] message = new byte[PREFIX_BYTES + length];
        for (int i = 1, shift = 24; shift >= 0; i++, shift -= 8) {
            message[i] = (byte) (length >> shift);
        }
        CodedOutputStream out = CodedOutputStream.newInstance(message, PREFIX_BYTES, length);
        try {
            event.writeTo(out);
            out.checkNoSpaceLeft();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "the message does not have the " + length + " bytes that getSerializedSize announced", e);
        }
        return message;
    }
}
