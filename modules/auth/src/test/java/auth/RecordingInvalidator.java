package auth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import push.api.Outcome;
import push.api.Outcome.NotPublished;
import push.api.Outcome.Published;
import push.api.SessionInvalidator;

/** Records the invalidations that are published while it is open. */
final class RecordingInvalidator implements SessionInvalidator {

    private final List<Invalidation> published = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    record Invalidation(
            @Nullable UUID userId,
            @Nullable UUID deviceSessionId,
            String reason,
            @Nullable Instant revokedAt,
            String eventId) {}

    @Override
    public CompletionStage<Outcome> invalidate(
            @Nullable UUID userId,
            @Nullable UUID deviceSessionId,
            String reason,
            @Nullable Instant revokedAt,
            String eventId,
            String traceparent,
            @Nullable UUID onceId) {
        if (closed) {
            return CompletableFuture.completedFuture(new NotPublished(NotPublished.Reason.CLOSED));
        }
        published.add(new Invalidation(userId, deviceSessionId, reason, revokedAt, eventId));
        return CompletableFuture.completedFuture(new Published("e-" + published.size()));
    }

    /** Refuses invalidations from now on, as a closed hub does. */
    void close() {
        closed = true;
    }

    /** Accepts invalidations again, as the next hub does. */
    void open() {
        closed = false;
    }

    /** All invalidations, in order. */
    List<Invalidation> published() {
        return published;
    }

    /** The reasons of all invalidations, in order. */
    List<String> reasons() {
        return published.stream().map(Invalidation::reason).toList();
    }

    /** The first publication of each event id, in order. */
    List<Invalidation> firstPublications() {
        Set<String> seen = new HashSet<>();
        List<Invalidation> first = new ArrayList<>(published);
        first.removeIf(one -> !seen.add(one.eventId()));
        return first;
    }

    /** The only invalidation. */
    Invalidation only() {
        if (published.size() != 1) {
            throw new AssertionError("expected one invalidation, but got " + published);
        }
        return published.getFirst();
    }
}
