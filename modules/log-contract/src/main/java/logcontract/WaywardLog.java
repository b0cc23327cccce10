package logcontract;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import push.engine.spi.Appended;
import push.engine.spi.Appended.NotStored;
import push.engine.spi.Appended.Position;
import push.engine.spi.EventLog;
import push.engine.spi.LogEvent;
import push.engine.spi.LogState;
import push.engine.spi.Tail;

/**
 * A log in memory that misbehaves in every way that the contract permits, when a test tells it to: it begins anywhere,
 * has holes, answers late or not at all, begins a new life, and is away.
 */
public final class WaywardLog implements EventLog, LogFaults {

    private final InstantSource clock;
    private final ReentrantLock order = new ReentrantLock();
    private final String firstEpoch;
    // Guarded by `order`.
    private final LateAnswers answers = new LateAnswers();
    private @Nullable Tail tail;
    private StoreLife life;
    private int formerLives;
    private boolean losesAnswer;
    private boolean losesAppend;
    private boolean away;
    private boolean closed;

    private volatile Duration age = Duration.ZERO;

    /**
     * @param epoch the epoch of the first life; later ones append a number to it
     * @param base the sequence after which the first life begins
     */
    public WaywardLog(String epoch, long base, InstantSource clock) {
        this.firstEpoch = epoch;
        this.life = new StoreLife(epoch, base);
        this.clock = clock;
    }

    @Override
    public String name() {
        return "wayward";
    }

    @Override
    public boolean outlivesTheProcess() {
        return false;
    }

    @Override
    public void start(Tail receiver) {
        alone(() -> {
            tail = receiver;
            receiver.begin(life.epoch(), life.read(), true);
            receiver.state(LogState.READY);
        });
    }

    private void alone(Runnable action) {
        order.lock();
        try {
            action.run();
        } finally {
            order.unlock();
        }
    }

    private Tail tail() {
        return Objects.requireNonNull(tail, "the log was not started");
    }

    @Override
    public CompletionStage<Appended> append(LogEvent event) {
        order.lock();
        try {
            return answers.answer(outcome(event));
        } finally {
            order.unlock();
        }
    }

    private Appended outcome(LogEvent event) {
        if (closed) {
            return new NotStored(NotStored.Reason.CLOSED);
        }
        if (away) {
            return new NotStored(NotStored.Reason.AWAY);
        }
        if (losesAppend) {
            losesAppend = false;
            return new Appended.Unknown();
        }
        Position position = life.find(event);
        if (position == null) {
            position = pass(event, clock.instant(), Duration.ZERO);
        }
        if (losesAnswer) {
            losesAnswer = false;
            return new Appended.Unknown();
        }
        return position;
    }

    private Position pass(LogEvent event, Instant publishedAt, Duration age) {
        Position position = life.next();
        tail().append(position.sequence(), publishedAt, age, event);
        life.add(event);
        tail().signal();
        return position;
    }

    @Override
    public CompletionStage<Position> last() {
        order.lock();
        try {
            return away
                    ? CompletableFuture.failedFuture(new IllegalStateException("the log is away"))
                    : CompletableFuture.completedFuture(life.last());
        } finally {
            order.unlock();
        }
    }

    @Override
    public Duration age() {
        return age;
    }

    /** Sets how long ago the log was known to be current; zero at first. */
    public void age(Duration now) {
        age = now;
    }

    @Override
    public boolean claimRepublication() {
        return false;
    }

    @Override
    public void endRepublication() {
        // There is no such task.
    }

    @Override
    public boolean close(Duration atMost) {
        alone(() -> closed = true);
        answerAll();
        return true;
    }

    /** From now on, appends end only when {@link #answerAll} is called. */
    public void answerLate() {
        alone(answers::hold);
    }

    /** Ends the appends that have no answer yet, and answers at once from now on. */
    public void answerAll() {
        alone(answers::giveAll);
    }

    /** Passes an event on that was published earlier, by another hub. */
    public void appendElsewhere(LogEvent event, Duration age) {
        alone(() -> {
            Position _ = pass(event, clock.instant().minus(age), age);
        });
    }

    /** Another hub has stored this many events more, which this hub has not read yet. */
    public void fallBehind(int events) {
        alone(() -> life.storeElsewhere(events));
    }

    /**
     * The events after the last one are gone.
     *
     * @param invalidations true if invalidations may be among them
     */
    public void loseEvents(int events, boolean invalidations) {
        alone(() -> {
            life.skip(events);
            tail().skip(life.read(), invalidations);
            tail().signal();
        });
    }

    /**
     * Begins a new life.
     *
     * @param base the sequence after which it begins
     * @param bornEmpty true if nothing precedes it
     * @param kept restores invalidations from before it
     */
    public void beginAnew(long base, boolean bornEmpty, Runnable kept) {
        alone(() -> {
            formerLives++;
            life = new StoreLife(firstEpoch + "_" + formerLives, base);
            tail().begin(life.epoch(), base, bornEmpty);
            kept.run();
            away = false; // only a log that has reached its store knows of a new life
            tail().state(LogState.READY);
            tail().signal();
        });
    }

    /** Returns the epoch of the present life. */
    public String epoch() {
        order.lock();
        try {
            return life.epoch();
        } finally {
            order.unlock();
        }
    }

    @Override
    public boolean can(Fault fault) {
        return true;
    }

    @Override
    public void away() {
        alone(() -> {
            away = true;
            tail().state(LogState.AWAY);
        });
    }

    @Override
    public void back() {
        alone(() -> {
            away = false;
            tail().state(LogState.READY);
        });
    }

    @Override
    public void loseNextAnswer() {
        alone(() -> losesAnswer = true);
    }

    @Override
    public void loseNextAppend() {
        alone(() -> losesAppend = true);
    }

    @Override
    public void loseEvents(int events) {
        loseEvents(events, true);
    }

    @Override
    public void beginAnew() {
        beginAnew(0, true, () -> {});
    }

    @Override
    public void appendElsewhere(LogEvent event) {
        appendElsewhere(event, Duration.ZERO);
    }
}
