package app.logging;

import java.time.Duration;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * Writes records to stderr without blocking the thread that logs. {@code etc/logging.properties} configures it as a
 * handler. All instances share one queue and one rate limit.
 */
public final class StderrHandler extends Handler {

    /** The process must end even if the reader of stderr has stopped reading. */
    private static final Duration FLUSH = Duration.ofSeconds(1);

    /** For {@code java.util.logging}, which creates the handler. */
    public StderrHandler() {}

    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record)) {
            Log.shared().write(record);
        }
    }

    /** Waits until all lines are written, for at most one second. */
    @Override
    public void flush() {
        Log.flush(FLUSH);
    }

    @Override
    public void close() {
        flush();
    }
}
