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

/** The process's log. Thread-safe. */
public final class Log {

    private static final System.Logger LOG = System.getLogger(Log.class.getName());

    /** A burst of stack traces fits; a reader that has stopped costs no more. */
    private static final int MAX_BYTES = 1 << 20;

    private static final class Shared {
        private static final Log LOG = new Log(new FileOutputStream(FileDescriptor.err));
    }

    private final LogRate rate = new LogRate(System::nanoTime);
    private final LineFormat format = new LineFormat(ZoneId.systemDefault());
    private final Peers peers = new Peers();
    private final LineQueue queue;

    Log(OutputStream stream) {
        this.queue = new LineQueue(stream, MAX_BYTES, this::tellWhatWasLeftOut);
    }

    static Log shared() {
        return Shared.LOG;
    }

    /**
     * For a process that serves: the log stays open until it is flushed, what libraries print to {@code System.err} goes through it, and
     * so does an error that ends a thread, which is counted.
     */
    public static void serve() {
        Logger.getLogger("").getHandlers(); // makes them, which does not happen any more once the process ends
        HubLogManager.keepOpen();
        System.setErr(new PrintStream(new PrintedLines(shared().queue), true, StandardCharsets.UTF_8));
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {
            ThreadWatch.count(LongLived.OTHER);
            LOG.log(ERROR, "an error ended the thread " + thread.getName(), error);
        });
    }

    /**
     * Says how peers are named whose connections the web server only numbers.
     *
     * @param addresses gives the peer's address of a channel, by its identity hash code; null when it is not known
     */
    public static void nameAllPeers(IntFunction<@Nullable String> addresses) {
        shared().namePeers(addresses);
    }

    void namePeers(IntFunction<@Nullable String> addresses) {
        peers.name(addresses);
    }

    /** How many lines were left out or dropped since the start. */
    public static long dropped() {
        return shared().rate.dropped() + shared().queue.dropped();
    }

    /** Waits until all is written, so long at most. */
    public static void flush(Duration atMost) {
        Shared.LOG.queue.flush(atMost);
    }

    /** Writes a record, or counts it. */
    void write(LogRecord record) {
        Origin origin = Origin.of(record);
        String message = LineFormat.message(record);
        String peer = peers.of(record, origin, message);
        String text = LineFormat.text(record, origin, message);
        if (origin == Origin.PEER && !peer.isEmpty() && !text.contains(peer)) {
            text = "peer=" + peer + " " + text;
        }
        Kind kind = Kind.of(record, origin, message);
        if (rate.decide(kind.name(), peer, kind.perSecond(), text) instanceof LogRate.Write(long leftOut)) {
            queue.offer(format.format(record, origin, text, leftOut));
        }
    }

    boolean flushed(Duration atMost) {
        return queue.flush(atMost);
    }

    private void tellWhatWasLeftOut() {
        rate.due().forEach(lines -> queue.offer(format.leftOut(Instant.now(), lines)));
    }
}
