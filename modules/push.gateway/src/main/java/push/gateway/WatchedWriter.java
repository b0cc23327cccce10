package push.gateway;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.util.function.BooleanSupplier;

/**
 * A writer that reports failed writes, and then rethrows the exception.
 *
 * @param quiet whether to swallow the exception of a failed write instead of rethrowing it. Helidon logs a failure of
 *     its first writes with a stack trace, although the reading thread reports the same failure more clearly
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
