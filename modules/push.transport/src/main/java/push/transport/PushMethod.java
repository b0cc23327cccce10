package push.transport;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import push.engine.Delivery;
import push.protocol.v1.PushGrpc;

/**
 * {@code SubscribePush} with marshallers of our own: a response is a delivery, which for an event has its
 * bytes ready, so that it is not serialised for each stream; a request is its bytes, so that a malformed one can be answered.
 */
final class PushMethod {

    private PushMethod() {}

    static MethodDescriptor<byte[], Delivery> descriptor(EventEncoder encoder) {
        return PushGrpc.getSubscribePushMethod().toBuilder(new RawBytes(), new ReadyDelivery(encoder))
                .build();
    }

    private static final class RawBytes implements Marshaller<byte[]> {

        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private record ReadyDelivery(EventEncoder encoder) implements Marshaller<Delivery> {

        @Override
        public InputStream stream(Delivery delivery) {
            return new ReadyBytes(delivery.wire(encoder));
        }

        @Override
        public Delivery parse(InputStream stream) {
            throw new IllegalStateException("a server does not read its own responses");
        }
    }

    /** {@link KnownLength} lets the server frame the bytes without collecting them first. */
    private static final class ReadyBytes extends ByteArrayInputStream implements KnownLength {
        ReadyBytes(byte[] bytes) {
            super(bytes);
        }
    }
}
