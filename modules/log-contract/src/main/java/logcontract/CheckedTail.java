package logcontract;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import push.engine.spi.LogEvent;
import push.engine.spi.LogState;
import push.engine.spi.Tail;

/**
 * A tail that records what it is told, and checks that every call is one that the contract permits. A call that is not
 * is recorded, too, as the log's threads may swallow an exception. Safe for any number of threads.
 */
public final class CheckedTail implements Tail {

    /** One event as the tail received it. */
    public record Received(String epoch, long sequence, Instant publishedAt, Duration age, LogEvent event) {

        /** Returns what identifies the event. */
        public String text() {
            return TestEvent.read(event.bytes()).text();
        }
    }

    /** One life of the log. */
    public record Life(String epoch, long base, boolean bornEmpty) {}

    private final AtomicBoolean busy = new AtomicBoolean();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    // Guarded by `lock`.
    private final List<Life> lives = new ArrayList<>();
    private final List<Received> received = new ArrayList<>();
    private final List<String> kept = new ArrayList<>();
    private final List<Long> skipped = new ArrayList<>();
    private final List<String> violations = new ArrayList<>();
    private LogState state = LogState.CONNECTING;
    private long head = -1;
    private long restored;
    private boolean appended;
    private @Nullable Instant lastPublished;

    /** Creates a tail that has been told nothing. */
    public CheckedTail() {}

    @Override
    public void begin(String epoch, long base, boolean bornEmpty) {
        exclusively(() -> {
            require(
                    epoch.matches("[0-9A-Za-z_]{1,64}"),
                    "an epoch of 1 to 64 letters, digits and underscores: " + epoch);
            require(base >= 0, "a base of 0 or more: " + base);
            require(
                    lives.stream().noneMatch(life -> life.epoch().equals(epoch)),
                    "a new epoch for a new life: " + epoch);
            lives.add(new Life(epoch, base, bornEmpty));
            head = base;
            restored = 0;
            appended = false;
            lastPublished = null;
        });
    }

    @Override
    public void restore(long sequence, Instant publishedAt, Duration age, LogEvent event) {
        exclusively(() -> {
            require(!lives.isEmpty(), "begin before restore");
            require(!appended, "restore before the first append");
            require(
                    sequence > restored && sequence <= head,
                    "restored sequences that rise up to the base: " + sequence);
            require(event.isInvalidation(), "only invalidations to be restored");
            require(!age.isNegative(), "an age of zero or more: " + age);
            restored = sequence;
            kept.add(TestEvent.read(event.bytes()).text());
        });
    }

    @Override
    public void lostInvalidations(long through) {
        exclusively(() -> require(!lives.isEmpty(), "begin before lostInvalidations"));
    }

    @Override
    public void append(long sequence, Instant publishedAt, Duration age, LogEvent event) {
        exclusively(() -> {
            require(!lives.isEmpty(), "begin before append");
            require(sequence > head, "sequences that rise: " + sequence + " after " + head);
            require(!age.isNegative(), "an age of zero or more: " + age);
            require(
                    lastPublished == null || !publishedAt.isBefore(lastPublished),
                    "times of publication that never decrease: " + publishedAt);
            lastPublished = publishedAt;
            head = sequence;
            appended = true;
            received.add(new Received(lives.getLast().epoch(), sequence, publishedAt, age, event));
        });
    }

    @Override
    public void skip(long through, boolean invalidations) {
        exclusively(() -> {
            require(through >= head, "a hole after the last event: " + through);
            head = through;
            appended = true;
            skipped.add(through);
        });
    }

    @Override
    public LogEvent read(byte[] bytes) {
        return TestEvent.read(bytes);
    }

    @Override
    public void signal() {
        // Readers would look for news.
    }

    @Override
    public void state(LogState now) {
        exclusively(() -> {
            require(now != LogState.READY || !lives.isEmpty(), "begin before the log is ready");
            state = now;
        });
    }

    @Override
    public void announced(String id, long token, boolean here) {
        exclusively(() -> require((token == 0) != here, "a token for an announcement of this hub"));
    }

    private void exclusively(Runnable call) {
        boolean alone = busy.compareAndSet(false, true);
        lock.lock();
        try {
            require(alone, "one call at a time");
            call.run();
            changed.signalAll();
        } finally {
            lock.unlock();
            if (alone) {
                busy.set(false);
            }
        }
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            violations.add("expected " + what);
        }
    }

    /** Returns what the tail was told although the contract forbids it. */
    public List<String> violations() {
        return locked(() -> List.copyOf(violations));
    }

    /** Returns the events so far. */
    public List<Received> received() {
        return locked(() -> List.copyOf(received));
    }

    /** Returns the lives so far. */
    public List<Life> lives() {
        return locked(() -> List.copyOf(lives));
    }

    /** Returns the texts of the invalidations that were restored, in all lives. */
    public List<String> restored() {
        return locked(() -> List.copyOf(kept));
    }

    /** Returns the ends of the holes so far. */
    public List<Long> skipped() {
        return locked(() -> List.copyOf(skipped));
    }

    /** Returns the state that the tail was told last. */
    public LogState state() {
        return locked(() -> state);
    }

    private <T> T locked(Supplier<T> read) {
        lock.lock();
        try {
            return read.get();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until the condition holds.
     *
     * @throws AssertionError if it does not hold within the time
     */
    public void await(String what, Duration atMost, Predicate<CheckedTail> condition) throws InterruptedException {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!condition.test(this)) {
                if (left <= 0) {
                    throw new AssertionError(
                            "expected " + what + " within " + atMost + "; received " + received + ", state " + state);
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
