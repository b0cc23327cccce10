package app.logging;

import static java.lang.System.Logger.Level.ERROR;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.IntFunction;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import threads.LongLived;
import threads.ThreadWatch;

/** The log of the process. Thread-safe. */
public final class Log {

    private static final System.Logger LOG = System.getLogger(Log.class.getName());

    /** Enough for a burst of stack traces, and the most memory that a stopped reader of stderr costs. */
    private static final int MAX_BYTES = 1 << 20;

    private static final class Shared {
        private static final Log LOG = new Log(new FileOutputStream(FileDescriptor.err));
    }

    private final LogRateLimiter limiter = new LogRateLimiter(System::nanoTime);
    private final LineFormat format = new LineFormat(ZoneId.systemDefault());
    private final PeerResolver peers = new PeerResolver();
    private final LineQueue queue;

    Log(OutputStream stream) {
        this.queue = new LineQueue(stream, MAX_BYTES, this::reportSuppressedLines);
    }

    static Log shared() {
        return Shared.LOG;
    }

    /**
     * Prepares the log for a serving process. The log stays open until the process has flushed it, text that libraries
     * print to {@code System.err} goes through it, and an error that ends a thread is logged and counted.
     */
    public static void prepareForServing() {
        Logger.getLogger("").getHandlers(); // creates the handlers, which is not possible once the shutdown has begun
        HubLogManager.keepOpen();
        System.setErr(new PrintStream(new PrintedLines(shared().queue), true, StandardCharsets.UTF_8));
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {
            ThreadWatch.count(LongLived.OTHER);
            LOG.log(ERROR, "an error ended the thread " + thread.getName(), error);
        });
    }

    /**
     * Sets how the log finds the address of a peer, because the web server's records only have the number of a channel.
     *
     * @param addresses returns the peer's address for the identity hash code of a channel; null if it is not known
     */
    public static void resolvePeersWith(IntFunction<@Nullable String> addresses) {
        shared().usePeerAddresses(addresses);
    }

    void usePeerAddresses(IntFunction<@Nullable String> addresses) {
        peers.use(addresses);
    }

    /** How many lines were suppressed or dropped since the process started. */
    public static long dropped() {
        return shared().limiter.suppressed() + shared().queue.dropped();
    }

    /** Waits until all lines are written, or until the time has passed. */
    public static void flush(Duration atMost) {
        Shared.LOG.queue.flush(atMost);
    }

    /** Writes a record, or only counts it. */
    void write(LogRecord record) {
        Origin origin = Origin.of(record);
        String message = LineFormat.message(record);
        String peer = peers.of(record, origin, message);
        String text = LineFormat.text(record, origin, message);
        if (origin == Origin.PEER && !peer.isEmpty() && !text.contains(peer)) {
            text = "peer=" + peer + " " + text;
        }
        RecordCategory category = RecordCategory.of(record, origin, message);
        if (limiter.decide(category.name(), peer, category.perSecond(), text)
                instanceof LogRateLimiter.Write(long suppressed)) {
            queue.offer(format.format(record, origin, text, suppressed));
        }
    }

    boolean flushed(Duration atMost) {
        return queue.flush(atMost);
    }

    private void reportSuppressedLines() {
        limiter.dueReports().forEach(lines -> queue.offer(format.report(Instant.now(), lines)));
    }
}
