package auth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import push.api.SessionInvalidator;

/** Remembers what it was told, for as long as it is open. */
final class Invalidations implements SessionInvalidator {

    private final List<Told> told = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    record Told(
            @Nullable UUID userId,
            @Nullable UUID deviceSessionId,
            String reason,
            @Nullable Instant revokedAt,
            String eventId) {}

    @Override
    public Optional<String> invalidate(
            @Nullable UUID userId,
            @Nullable UUID deviceSessionId,
            String reason,
            @Nullable Instant revokedAt,
            String eventId,
            String traceparent) {
        if (closed) {
            return Optional.empty();
        }
        told.add(new Told(userId, deviceSessionId, reason, revokedAt, eventId));
        return Optional.of("e-" + told.size());
    }

    /** As a closed hub does, takes no more. */
    void close() {
        closed = true;
    }

    /** As the next hub does, takes again. */
    void open() {
        closed = false;
    }

    List<Told> told() {
        return told;
    }

    /** The reasons of what it was told, in order. */
    List<String> reasons() {
        return told.stream().map(Told::reason).toList();
    }

    /** What it was told, without what it had been told before. */
    List<Told> firstTold() {
        Set<String> seen = new HashSet<>();
        List<Told> first = new ArrayList<>(told);
        first.removeIf(one -> !seen.add(one.eventId()));
        return first;
    }

    /** The only one. */
    Told one() {
        if (told.size() != 1) {
            throw new AssertionError("not one invalidation, but " + told);
        }
        return told.getFirst();
    }
}
