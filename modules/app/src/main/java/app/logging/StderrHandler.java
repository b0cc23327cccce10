package app.logging;

import java.time.Duration;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/**
 * Writes records to stderr without waiting for it. {@code etc/logging.properties} names it as a handler; all instances
 * share one queue, and one rate.
 */
public final class StderrHandler extends Handler {

    /** For a reader of stderr that has stopped: the process is to end all the same. */
    private static final Duration FLUSH = Duration.ofSeconds(1);

    /** As {@code java.util.logging} makes it. */
    public StderrHandler() {}

    @Override
    public void publish(LogRecord record) {
        if (isLoggable(record)) {
            Log.shared().write(record);
        }
    }

    /** Waits a second at most until all is written. */
    @Override
    public void flush() {
        Log.flush(FLUSH);
    }

    @Override
    public void close() {
        flush();
    }
}
