package push.transport;

import java.util.concurrent.atomic.AtomicLong;
import push.engine.End;
import push.engine.Hub;
import push.engine.Subscription;

/**
 * A stream as its supervisor sees it: its progress, its connection, and a way to get its thread out of
 * a write that does not end.
 */
final class SupervisedStream {

    private final Subscription subscription;
    private final StreamConnection connection;
    private final Thread thread;
    private final AtomicLong progress = new AtomicLong();

    // Guarded by this.
    private boolean writing;

    // Only the supervisor's thread uses these.
    private long seenProgress = -1;
    private long seenAt;
    private boolean endSeen;

    SupervisedStream(Subscription subscription, StreamConnection connection, Thread thread) {
        this.subscription = subscription;
        this.connection = connection;
        this.thread = thread;
    }

    /** The stream's thread is about to write; false when it must not, because the stream has ended. */
    synchronized boolean writingBegins() {
        writing = subscription.end().isEmpty();
        return writing;
    }

    /** The stream's thread has written a message. */
    void progressed() {
        progress.lazySet(progress.get() + 1); // only that thread writes it
    }

    /** The stream's thread is out of its writes, and an interrupt that was meant for them is gone. */
    synchronized void writingEnded() {
        if (writing) {
            writing = false;
            Thread.interrupted();
        }
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
     * <p>An end gets one look's time to be noticed by the stream itself, between two messages: an
     * interrupt in the middle of a socket's write would close the connection, and the gateway would
     * not learn why.
     *
     * @param now on the scale of {@link System#nanoTime}
     * @param stallNanos how long a write may make no progress
     */
    void look(Hub hub, long now, long stallNanos) {
        if (!connection.isOpen()) {
            hub.end(subscription, End.DISCONNECTED);
        } else if (isStalled(now, stallNanos)) {
            hub.end(subscription, End.STALLED);
        }
        if (subscription.end().isPresent()) {
            if (endSeen) {
                interruptWrite();
            }
            endSeen = true;
        }
    }

    private boolean isStalled(long now, long stallNanos) {
        long current = progress.get();
        if (current != seenProgress || !isWriting()) {
            seenProgress = current;
            seenAt = now;
        }
        return now - seenAt > stallNanos;
    }
}
