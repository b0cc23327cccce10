package app.logging;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/**
 * Formats a record: time, level, logger and message on one line. A record of the hub has the stack trace of its
 * exception below that line. A record that a peer caused has the exception and its causes on the same line, and is at
 * most a warning. Text of a peer cannot break a line. Thread-safe.
 */
final class LineFormat {

    /** How many exceptions of a chain of causes are written. */
    static final int MAX_CAUSES = 8;

    private static final int MAX_MESSAGE = 2000;
    private static final int MAX_EXCEPTION = 500;
    private static final int MAX_FRAMES = 100;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSZ", Locale.ROOT);

    private static final Formatter MESSAGES = new Formatter() {
        @Override
        public String format(LogRecord record) {
            return formatMessage(record);
        }
    };

    private final ZoneId zone;

    LineFormat(ZoneId zone) {
        this.zone = zone;
    }

    /** The message with its parameters inserted, otherwise unchanged. */
    static String message(LogRecord record) {
        String message = record.getMessage() == null ? "" : MESSAGES.format(record);
        return message == null ? "" : message;
    }

    /** The message on one line. If a peer caused the record, its exceptions follow on the same line. */
    static String text(LogRecord record, Origin origin, String message) {
        String line = SafeText.of(message, MAX_MESSAGE);
        Throwable thrown = record.getThrown();
        return origin == Origin.PEER && thrown != null ? line + ": " + causes(thrown) : line;
    }

    /**
     * The whole text, without a line break at its end.
     *
     * @param text the message on one line
     * @param suppressed how many records of the same category and peer were suppressed before this one
     */
    String format(LogRecord record, Origin origin, String text, long suppressed) {
        StringBuilder line = new StringBuilder(
                        start(record.getInstant(), level(record, origin), record.getLoggerName()))
                .append(text);
        if (suppressed > 0) {
            line.append(" (").append(suppressed).append(" similar lines were suppressed before this one)");
        }
        if (origin == Origin.HUB && record.getThrown() != null) {
            trace(line, record.getThrown());
        }
        return line.toString();
    }

    /** A line that reports how many lines were suppressed. */
    String report(Instant now, LogRateLimiter.SuppressedLines lines) {
        return start(now, Level.INFO, StderrHandler.class.getName()) + lines.count()
                + " similar lines were suppressed, such as: " + lines.example();
    }

    private String start(Instant time, Level level, @Nullable String logger) {
        return "%s %-7s %s ".formatted(TIME.format(time.atZone(zone)), level.getName(), logger == null ? "" : logger);
    }

    private static Level level(LogRecord record, Origin origin) {
        Level level = record.getLevel();
        return origin == Origin.PEER && level.intValue() > Level.WARNING.intValue() ? Level.WARNING : level;
    }

    private static String causes(Throwable thrown) {
        StringBuilder causes = new StringBuilder(SafeText.of(thrown.toString(), MAX_EXCEPTION));
        Throwable cause = thrown.getCause();
        for (int depth = 1; cause != null && depth < MAX_CAUSES; depth++) {
            causes.append("; caused by ").append(SafeText.of(cause.toString(), MAX_EXCEPTION));
            cause = cause.getCause();
        }
        return causes.toString();
    }

    private static void trace(StringBuilder lines, Throwable thrown) {
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            lines.append(depth == 0 ? "\n" : "\nCaused by: ").append(SafeText.of(cause.toString(), MAX_MESSAGE));
            StackTraceElement[] frames = cause.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
                lines.append("\n\tat ").append(frames[i]);
            }
            if (frames.length > MAX_FRAMES) {
                lines.append("\n\t… ").append(frames.length - MAX_FRAMES).append(" more");
            }
            cause = cause.getCause();
        }
    }
}
