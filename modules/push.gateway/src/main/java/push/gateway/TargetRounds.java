package push.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The order in which a client tries its targets. In a round, the client tries each target at most once, in random
 * order. A target whose {@code retry_after} has not passed is left out of the round. Only the client's thread uses it.
 */
final class TargetRounds {

    private final Timing timing;
    private final List<Candidate> candidates = new ArrayList<>();
    private Candidate current;

    TargetRounds(GatewayOptions options, Timing timing) {
        this.timing = timing;
        for (Target target : options.targets()) {
            candidates.add(new Candidate(
                    new Transport(options, target), timing.nanoTime().getAsLong()));
        }
        Collections.shuffle(candidates, timing.random());
        current = candidates.getFirst();
    }

    /** The connection settings of the target that the client tries now. */
    Transport current() {
        return current.transport;
    }

    /**
     * Records that the attempt at the current target has ended.
     *
     * @param retryAfter how long the hub asked the client to stay away from the target; zero if it did not ask
     * @param newRound true if the client may try all other targets again before it backs off
     */
    void ended(Duration retryAfter, boolean newRound) {
        if (newRound) {
            shuffle();
        }
        current.tried = true;
        current.notBefore = timing.nanoTime().getAsLong() + retryAfter.toNanos();
    }

    /** Moves on to the next target of the round. Returns false, without an effect, if the round is over. */
    boolean moveOn() {
        Optional<Candidate> next = candidates.stream()
                .filter(candidate -> !candidate.tried && waitNanos(candidate) == 0)
                .findFirst();
        next.ifPresent(candidate -> current = candidate);
        return next.isPresent();
    }

    /**
     * Begins a new round with the target that accepts an attempt first, and returns how long the client must wait for
     * it. The target that the client tried last is preferred least.
     */
    Duration beginRound() {
        shuffle();
        current = Collections.min(candidates, Comparator.comparingLong(this::waitNanos));
        return Duration.ofNanos(waitNanos(current));
    }

    /** Puts the targets in a new order, with the current one at the end, and marks all of them as not tried. */
    private void shuffle() {
        candidates.remove(current);
        Collections.shuffle(candidates, timing.random());
        candidates.add(current);
        candidates.forEach(candidate -> candidate.tried = false);
    }

    private long waitNanos(Candidate candidate) {
        return Math.max(0, candidate.notBefore - timing.nanoTime().getAsLong());
    }

    private static final class Candidate {

        private final Transport transport;
        private long notBefore;
        private boolean tried;

        Candidate(Transport transport, long notBefore) {
            this.transport = transport;
            this.notBefore = notBefore;
        }
    }
}
