package push.transport;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import push.engine.Entry;
import push.protocol.v1.PushGrpc;

/**
 * {@code SubscribePush} with marshallers of our own: a response is an entry whose bytes are ready, so
 * nothing is serialised for a stream; a request is its bytes, so that a malformed one can be answered.
 */
final class PushMethod {

    private PushMethod() {}

    static MethodDescriptor<byte[], Entry> descriptor(EventEncoder encoder) {
        return PushGrpc.getSubscribePushMethod().toBuilder(new RawBytes(), new ReadyEntry(encoder))
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

    private record ReadyEntry(EventEncoder encoder) implements Marshaller<Entry> {

        @Override
        public InputStream stream(Entry entry) {
            return new ReadyBytes(entry.wire(encoder));
        }

        @Override
        public Entry parse(InputStream stream) {
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
