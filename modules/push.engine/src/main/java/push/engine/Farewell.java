package push.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import push.engine.Notice.GoAway;

/** What a subscription says to its reader at its end, once. For whoever has the reader's turn. */
final class Farewell {

    /** Long enough for a hub to restart, and different for each reader, so that they don't come back as one. */
    private static final Duration RETRY_LEAST = Duration.ofMillis(200);

    private static final Duration RETRY_SPREAD = Duration.ofMillis(2800);

    private final boolean wanted;
    private final EngineRuntime runtime;
    private boolean said;

    /** @param wanted whether the reader asked for notices */
    Farewell(boolean wanted, EngineRuntime runtime) {
        this.wanted = wanted;
        this.runtime = runtime;
    }

    boolean isSaid() {
        return said;
    }

    /**
     * Says it, unless it is said.
     *
     * @return how many deliveries that made: 1, or 0 when there is nothing to say
     */
    int say(@Nullable End cause, Delivery[] into) {
        if (!wanted || said) {
            return 0;
        }
        said = true;
        GoAway goAway = goAway(cause);
        if (goAway == null) {
            return 0;
        }
        into[0] = goAway;
        return 1;
    }

    private @Nullable GoAway goAway(@Nullable End cause) {
        return switch (cause) {
            case STOPPED -> new GoAway(GoAway.Reason.SHUTDOWN, retryAfter());
            case DRAINED -> new GoAway(GoAway.Reason.DRAIN, retryAfter());
            case REPLACED -> new GoAway(GoAway.Reason.REPLACED, Duration.ZERO);
            case null, default -> null;
        };
    }

    private Duration retryAfter() {
        return RETRY_LEAST.plusNanos((long) (runtime.random() * RETRY_SPREAD.toNanos()));
    }
}
