package push.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One writer at a time: Helidon's frames, and those of push streams.
 *
 * <p>Helidon writes a frame in one call, so that no frame gets into the middle of another. Headers that need more
 * than one frame, beyond 16 KiB, are the exception; no answer of this server has as many.
 */
final class SerialWriter implements DataWriter {

    private final DataWriter socket;
    private final ReentrantLock lock = new ReentrantLock();

    SerialWriter(DataWriter socket) {
        this.socket = socket;
    }

    @Override
    public void write(BufferData... buffers) {
        writeNow(buffers);
    }

    @Override
    public void write(BufferData buffer) {
        writeNow(buffer);
    }

    @Override
    public void writeNow(BufferData... buffers) {
        writeNow(BufferData.create(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
        lock.lock();
        try {
            socket.writeNow(buffer);
        } finally {
            lock.unlock();
        }
    }
}
