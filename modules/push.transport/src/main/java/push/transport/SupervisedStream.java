package push.transport;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import push.engine.End;
import push.engine.Hub;
import push.engine.Subscription;

/**
 * A stream as its supervisor sees it: its connection, its progress, and a way to get its thread out of a
 * wait that does not end.
 */
final class SupervisedStream {

    private final StreamConnection connection;
    private final Thread thread;
    private final AtomicLong progress = new AtomicLong();
    private volatile @Nullable Subscription subscription;

    // Guarded by this.
    private boolean writing;

    // Only the supervisor's thread uses these.
    private long seenProgress = -1;
    private long seenAt;

    SupervisedStream(StreamConnection connection, Thread thread) {
        this.connection = connection;
        this.thread = thread;
    }

    /** From now on the stream serves this subscription. */
    void serves(Subscription opened) {
        subscription = opened;
    }

    /** What the stream serves; empty until its request is complete. */
    Optional<Subscription> subscription() {
        return Optional.ofNullable(subscription);
    }

    /** Runs what the stream's thread writes; an interrupt that was meant for it is gone afterwards. */
    void writing(Runnable write) {
        setWriting(true);
        try {
            write.run();
        } finally {
            setWriting(false);
        }
    }

    private synchronized void setWriting(boolean now) {
        if (!now) {
            Thread.interrupted();
        }
        writing = now;
        progressed();
    }

    /** The stream's thread has written a message. */
    void progressed() {
        progress.lazySet(progress.get() + 1); // only that thread writes it
    }

    private synchronized boolean isWriting() {
        return writing;
    }

    private synchronized void interruptWrite() {
        if (writing) {
            thread.interrupt();
        }
    }

    /**
     * The supervisor's look at it.
     *
     * @param now on the scale of {@link System#nanoTime}
     * @param stallNanos how long a write may make no progress
     * @param graceNanos how long it may after the stream's end: long enough for a write that only takes its
     *     time, as an interrupt in the middle of a socket's write closes the connection
     * @return whether it need not be looked at again
     */
    boolean look(Hub hub, long now, long stallNanos, long graceNanos) {
        long hanging = hangingFor(now);
        Subscription served = subscription;
        if (served == null) {
            return letGoIfDisconnected();
        }
        if (!connection.isOpen()) {
            hub.end(served, End.DISCONNECTED);
        } else if (hanging > stallNanos) {
            hub.end(served, End.STALLED);
        }
        if (served.end().isPresent() && hanging > graceNanos) {
            interruptWrite();
        }
        return false;
    }

    /** A stream whose request never came to its end has a thread that would wait for it for ever. */
    private boolean letGoIfDisconnected() {
        if (connection.isOpen()) {
            return false;
        }
        thread.interrupt();
        return true;
    }

    private long hangingFor(long now) {
        long current = progress.get();
        if (current != seenProgress || !isWriting()) {
            seenProgress = current;
            seenAt = now;
        }
        return now - seenAt;
    }
}
