package push.engine;

import static java.lang.System.Logger.Level.WARNING;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import push.api.ClientEvent;
import push.api.Event;
import push.api.Publisher;
import push.api.SessionInvalidation;
import push.engine.HubObserver.Kind;
import push.engine.spi.EventLog;

/** The publishers' side of the hub: appends to the log, and returns. */
final class LogPublisher implements Publisher {

    private static final System.Logger LOG = System.getLogger(LogPublisher.class.getName());
    private static final UUID NIL = new UUID(0, 0);

    private final EventLog log;
    private final BooleanSupplier closed;
    private final EngineRuntime runtime;
    private final HubObserver observer;

    LogPublisher(EventLog log, BooleanSupplier closed, EngineRuntime runtime, HubObserver observer) {
        this.log = log;
        this.closed = closed;
        this.runtime = runtime;
        this.observer = observer;
    }

    @Override
    public Optional<String> publish(ClientEvent event) {
        return append(event, Kind.CLIENT_EVENT);
    }

    @Override
    public Optional<String> invalidate(
            @Nullable UUID userId,
            @Nullable UUID deviceSessionId,
            String reason,
            @Nullable Instant revokedAt,
            String eventId,
            String traceparent) {
        if (userId == null || userId.equals(NIL)) {
            LOG.log(
                    WARNING,
                    "push session invalidation skipped: userID is required; device_session_id={0} reason={1}",
                    deviceSessionId,
                    LogText.of(reason));
            return Optional.empty();
        }
        return append(
                new SessionInvalidation(userId, deviceSessionId, reason, revokedAt, eventId, traceparent),
                Kind.SESSION_INVALIDATION);
    }

    private Optional<String> append(Event event, Kind kind) {
        if (closed.getAsBoolean()) {
            return Optional.empty();
        }
        long start = runtime.nanoTime();
        long sequence = log.append(event);
        if (sequence == 0) {
            return Optional.empty(); // the log was closed meanwhile
        }
        observer.appended(kind, runtime.nanoTime() - start);
        return Optional.of(new Cursor(log.epoch(), sequence).toString());
    }
}
