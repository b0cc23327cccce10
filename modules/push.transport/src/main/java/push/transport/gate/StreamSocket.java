package push.transport.gate;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A socket as Helidon reads and writes it, where TLS is on it or no channel is to be had: each call waits for as long
 * as it takes.
 */
final class StreamSocket implements GatewaySocket {

    private final DataReader reader;
    private final DataWriter writer;
    private final Closeable wire;

    /** @param wire what is closed to cut it; with TLS the channel below, as TLS's own close waits for whoever writes */
    StreamSocket(DataReader reader, DataWriter writer, Closeable wire) {
        this.reader = reader;
        this.writer = writer;
        this.wire = wire;
    }

    @Override
    public byte @Nullable [] read() {
        try {
            reader.ensureAvailable();
        } catch (DataReader.InsufficientDataAvailableException e) {
            return null;
        }
        return reader.readBytes(reader.available());
    }

    @Override
    public void write(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        writer.writeNow(BufferData.create(copy));
    }

    @Override
    public void tryWrite(ByteBuffer bytes) {
        throw new UnsupportedOperationException("this socket waits");
    }

    @Override
    public boolean writesWithoutWaiting() {
        return false;
    }

    @Override
    public void cut() {
        try {
            wire.close();
        } catch (IOException | UncheckedIOException e) {
            // It was closed already.
        }
    }
}
