package push.transport.gate;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A blocking socket that is read and written through Helidon, with or without TLS. */
final class BlockingWire implements Wire {

    private final DataReader reader;
    private final DataWriter writer;
    private final Closeable socket;

    /**
     * @param socket what {@link #cut} closes; with TLS the channel below the TLS socket, because closing the TLS socket
     *     waits for a thread that writes
     */
    BlockingWire(ConnectionContext context, Closeable socket) {
        this.reader = context.dataReader();
        this.writer = context.dataWriter();
        this.socket = socket;
    }

    @Override
    public byte @Nullable [] read() {
        try {
            reader.ensureAvailable();
        } catch (DataReader.InsufficientDataAvailableException e) {
            return null;
        } catch (ServerConnectionException e) {
            throw new UncheckedIOException(new SocketException("cannot read from the socket", e));
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
    public void cut() {
        try {
            socket.close();
        } catch (IOException | UncheckedIOException e) {
            // The socket was closed already.
        }
    }
}
