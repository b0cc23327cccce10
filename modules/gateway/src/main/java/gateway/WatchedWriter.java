package gateway;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;

/** Tells of a write that fails, and passes the failure on. */
record WatchedWriter(DataWriter to, Runnable onFailure) implements DataWriter {

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
            throw e;
        }
    }
}
