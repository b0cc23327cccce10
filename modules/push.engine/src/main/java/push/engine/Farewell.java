package push.engine;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import push.engine.Notice.GoAway;

/**
 * The {@code GoAway} notice at the end of a subscription, which is delivered at most once. For the reader's thread.
 */
final class Farewell {

    /**
     * The shortest delay: long enough for a hub to restart. The delays are spread, so that not all readers reconnect at
     * once.
     */
    private static final Duration RETRY_LEAST = Duration.ofMillis(200);

    private static final Duration RETRY_SPREAD = Duration.ofMillis(2800);

    private final boolean wanted;
    private final EngineRuntime runtime;
    private boolean said;

    /** @param wanted true if the reader asked for notices */
    Farewell(boolean wanted, EngineRuntime runtime) {
        this.wanted = wanted;
        this.runtime = runtime;
    }

    /** Returns true once {@link #say} was called for a reader with notices. */
    boolean isSaid() {
        return said;
    }

    /**
     * Delivers the farewell, unless it was already delivered.
     *
     * @return true if {@code into} holds the farewell; false if there is nothing to deliver
     */
    boolean say(@Nullable End cause, Delivery[] into) {
        if (!wanted || said) {
            return false;
        }
        said = true;
        GoAway goAway = goAway(cause);
        if (goAway == null) {
            return false;
        }
        into[0] = goAway;
        return true;
    }

    private @Nullable GoAway goAway(@Nullable End cause) {
        return switch (cause) {
            case STOPPED -> new GoAway(GoAway.Reason.SHUTDOWN, retryAfter());
            case RECONNECT -> new GoAway(GoAway.Reason.DRAIN, retryAfter());
            case REPLACED -> new GoAway(GoAway.Reason.REPLACED, Duration.ZERO);
            case null, default -> null;
        };
    }

    private Duration retryAfter() {
        return RETRY_LEAST.plusNanos((long) (runtime.random() * RETRY_SPREAD.toNanos()));
    }
}
