package idempotency;

import http.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The wait of one request for the response of another process, which owns the claim. The clock of the owner's host may
 * be hours ahead, so this class measures how long this process has seen the owner. For one thread.
 */
final class OwnerWait {

    /** Another process usually answers within this time. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

    private static final Duration MAX_PAUSE = Duration.ofMillis(500);

    private final Sleeper sleeper;
    private @Nullable UUID owner;
    private long since;
    private Duration pause = FIRST_PAUSE;

    OwnerWait(Sleeper sleeper) {
        this.sleeper = sleeper;
    }

    /** The owner, if the request has waited for it as long as a claim belongs to its owner alone; null otherwise. */
    @Nullable
    UUID goneOwner() {
        boolean isOver = owner != null && sleeper.nanoTime() - since >= KeyTable.CLAIM_TIMEOUT.toNanos();
        return isOver ? owner : null;
    }

    /**
     * Pauses before the next look at the claim.
     *
     * @param now the time by the clock of this host
     * @throws Problem 503 when the thread is interrupted
     */
    void pause(Claim.Held held, Instant now) {
        if (!held.owner().equals(owner)) {
            owner = held.owner();
            since = sleeper.nanoTime();
        }
        Duration left = Duration.between(now, held.until());
        try {
            sleeper.sleep(left.compareTo(pause) < 0 ? left : pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.stopped();
        }
        Duration longer = pause.multipliedBy(2);
        pause = longer.compareTo(MAX_PAUSE) < 0 ? longer : MAX_PAUSE;
    }
}
