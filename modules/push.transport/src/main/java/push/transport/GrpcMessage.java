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

    private static final int PREFIX_BYTES = 5;

    private GrpcMessage() {}

    /** Returns the message of a delivery. All streams share the message of an event, so it must not be changed. */
    static byte[] of(Delivery delivery) {
        return switch (delivery) {
            case Entry event -> event.wire();
            case Notice notice -> of(NoticeEncoder.encode(notice)); // delivered once, to one reader: not worth caching
        };
    }

    /** Returns the message of an event in its protobuf form. */
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
            throw new IllegalStateException("the event has not the " + length + " bytes that it announced", e);
        }
        return message;
    }
}
