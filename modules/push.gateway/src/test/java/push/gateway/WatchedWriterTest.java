package push.gateway;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WatchedWriterTest {

    private final AtomicInteger failures = new AtomicInteger();

    @Test
    void reportsAndRethrowsEachFailure() {
        UncheckedIOException broken = new UncheckedIOException(new IOException("Broken pipe"));
        WatchedWriter writer = new WatchedWriter(writer(() -> broken), failures::incrementAndGet, () -> false);
        BufferData data = BufferData.create("data");
        int expected = 0;
        for (Consumer<DataWriter> write : writes(data)) {
            assertThat(assertThrows(UncheckedIOException.class, () -> write.accept(writer)), sameInstance(broken));
            assertThat(failures.get(), is(++expected));
        }
        assertThat(expected, is(5));
    }

    @Test
    void reportsButDoesNotRethrowAFailureIfQuiet() {
        UncheckedIOException broken = new UncheckedIOException(new IOException("Broken pipe"));
        WatchedWriter writer = new WatchedWriter(writer(() -> broken), failures::incrementAndGet, () -> true);
        for (Consumer<DataWriter> write : writes(BufferData.create("data"))) {
            write.accept(writer);
        }
        assertThat(failures.get(), is(5));
    }

    @Test
    void reportsNothingIfTheWritesSucceed() {
        AtomicInteger written = new AtomicInteger();
        WatchedWriter writer = new WatchedWriter(
                writer(() -> {
                    written.incrementAndGet();
                    return null;
                }),
                failures::incrementAndGet,
                () -> false);
        for (Consumer<DataWriter> write : writes(BufferData.create("data"))) {
            write.accept(writer);
        }
        assertThat(written.get(), is(5));
        assertThat(failures.get(), is(0));
    }

    private static List<Consumer<DataWriter>> writes(BufferData data) {
        return List.of(
                writer -> writer.write(data),
                writer -> writer.write(data, data),
                writer -> writer.writeNow(data),
                writer -> writer.writeNow(data, data),
                DataWriter::flush);
    }

    private static DataWriter writer(Outcome outcome) {
        return new DataWriter() {
            @Override
            public void write(BufferData... buffers) {
                end();
            }

            @Override
            public void write(BufferData buffer) {
                end();
            }

            @Override
            public void writeNow(BufferData... buffers) {
                end();
            }

            @Override
            public void writeNow(BufferData buffer) {
                end();
            }

            @Override
            public void flush() {
                end();
            }

            private void end() {
                RuntimeException failure = outcome.of();
                if (failure != null) {
                    throw failure;
                }
            }
        };
    }

    private interface Outcome {
        @Nullable
        RuntimeException of();
    }
}
