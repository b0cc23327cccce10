package gateway;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.util.function.BooleanSupplier;

/**
 * Tells of a write that fails, and passes the failure on.
 *
 * @param quiet asked then; true keeps the failure from whoever writes. Helidon logs one of its first writes with a stack
 *     trace, though whoever reads the connection has better words for it
 */
record WatchedWriter(DataWriter to, Runnable onFailure, BooleanSupplier quiet) implements DataWriter {

    @Override
    public void write(BufferData... buffers) {
        watch(() -> to.write(buffers));
    }

    @Override
    public void write(BufferData buffer) {
        watch(() -> to.write(buffer));
    }

    @Override
    public void writeNow(BufferData... buffers) {
        watch(() -> to.writeNow(buffers));
    }

    @Override
    public void writeNow(BufferData buffer) {
        watch(() -> to.writeNow(buffer));
    }

    @Override
    public void flush() {
        watch(to::flush);
    }

    private void watch(Runnable write) {
        try {
            write.run();
        } catch (RuntimeException e) {
            onFailure.run();
            if (!quiet.getAsBoolean()) {
                throw e;
            }
        }
    }
}
