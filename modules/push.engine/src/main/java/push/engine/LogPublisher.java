package push.engine;

import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import push.api.ClientEvent;
import push.api.Event;
import push.api.Outcome;
import push.api.Outcome.NotPublished;
import push.api.Publisher;
import push.api.SessionInvalidation;
import push.engine.HubObserver.Kind;
import push.engine.spi.Appended;
import push.engine.spi.EventLog;

/**
 * The publishers' side of the hub: appends to the log, and says how that ended. The number of appends under way, and
 * the time that a publisher waits for each, are limited, whatever the log does.
 */
final class LogPublisher implements Publisher {

    private static final System.Logger LOG = System.getLogger(LogPublisher.class.getName());
    private static final UUID NIL = new UUID(0, 0);

    /** A publisher of 10,000 events at once, the largest broadcast, fits beside others. */
    private static final int MAX_UNDER_WAY = 1 << 15;

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

    private static final Outcome UNKNOWN = new Outcome.Unknown();

    private final EventLog log;
    private final BooleanSupplier closed;
    private final BooleanSupplier lost;
    private final EngineRuntime runtime;
    private final HubObserver observer;
    private final AtomicInteger underWay = new AtomicInteger();

    /**
     * @param closed true once the hub is closed
     * @param lost true while the log is lost, so that an append would only wait for it
     */
    LogPublisher(
            EventLog log, BooleanSupplier closed, BooleanSupplier lost, EngineRuntime runtime, HubObserver observer) {
        this.log = log;
        this.closed = closed;
        this.lost = lost;
        this.runtime = runtime;
        this.observer = observer;
    }

    @Override
    public CompletionStage<Outcome> publish(ClientEvent event, @Nullable UUID onceId) {
        return append(event, onceId, Kind.CLIENT_EVENT);
    }

    @Override
    public CompletionStage<Outcome> invalidate(
            @Nullable UUID userId,
            @Nullable UUID deviceSessionId,
            String reason,
            @Nullable Instant revokedAt,
            String eventId,
            String traceparent,
            @Nullable UUID onceId) {
        if (userId == null || userId.equals(NIL)) {
            LOG.log(
                    WARNING,
                    "push session invalidation skipped: userID is required; device_session_id={0} reason={1}",
                    deviceSessionId,
                    LogText.of(reason));
            return not(NotPublished.Reason.NO_USER);
        }
        return append(
                new SessionInvalidation(userId, deviceSessionId, reason, revokedAt, eventId, traceparent),
                onceId,
                Kind.SESSION_INVALIDATION);
    }

    private CompletionStage<Outcome> append(Event event, @Nullable UUID onceId, Kind kind) {
        if (closed.getAsBoolean()) {
            return not(NotPublished.Reason.CLOSED);
        }
        if (lost.getAsBoolean() || underWay.get() >= MAX_UNDER_WAY) {
            return not(NotPublished.Reason.LOG_UNAVAILABLE);
        }
        long start = runtime.nanoTime();
        CompletableFuture<Appended> append;
        try {
            append = log.append(new StoredEvent(event, onceId)).toCompletableFuture();
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(unknown(e));
        }
        if (append.state() == CompletableFuture.State.SUCCESS) { // always, with the log in memory
            return CompletableFuture.completedFuture(outcome(append.resultNow(), kind, start));
        }
        underWay.incrementAndGet();
        return append.handle((appended, failure) -> {
                    underWay.decrementAndGet();
                    return failure == null ? outcome(appended, kind, start) : unknown(failure);
                })
                .completeOnTimeout(UNKNOWN, ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Outcome outcome(Appended appended, Kind kind, long start) {
        return switch (appended) {
            case Appended.Position at -> {
                observer.appended(kind, runtime.nanoTime() - start);
                yield new Outcome.Published(new Cursor(at.epoch(), at.sequence()).toString());
            }
            case Appended.NotStored not ->
                new NotPublished(
                        switch (not.reason()) {
                            case CLOSED -> NotPublished.Reason.CLOSED;
                            case AWAY -> NotPublished.Reason.LOG_UNAVAILABLE;
                        });
            case Appended.Unknown _ -> UNKNOWN;
        };
    }

    private static Outcome unknown(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        LOG.log(WARNING, "push log failed to append an event; whether it is stored is unknown", cause);
        return UNKNOWN;
    }

    private static CompletionStage<Outcome> not(NotPublished.Reason reason) {
        return CompletableFuture.completedFuture(new NotPublished(reason));
    }
}
