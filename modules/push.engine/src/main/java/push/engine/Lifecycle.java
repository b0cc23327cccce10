package push.engine;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The end of a subscription. A subscription may drain first: it then ends once its reader has taken the farewell. The
 * first call of {@link #drain} and the first call of {@link #end} count; further calls have no effect. Safe for any
 * thread.
 */
final class Lifecycle {

    private final AtomicReference<@Nullable End> draining = new AtomicReference<>();
    private final AtomicReference<@Nullable End> end = new AtomicReference<>();

    /** Begins to drain; the subscription ends with this cause once its reader has taken the farewell. */
    void drain(End cause) {
        draining.compareAndSet(null, cause);
    }

    /** The cause with which the subscription is about to end; null if it does not drain. */
    @Nullable
    End draining() {
        return draining.get();
    }

    /** Ends the subscription. Returns false if the subscription had already ended. */
    boolean end(End cause) {
        return end.compareAndSet(null, cause);
    }

    /** The cause of the end; null until then. */
    @Nullable
    End end() {
        return end.get();
    }

    boolean hasEnded() {
        return end.get() != null;
    }

    /** True if the subscription has ended, or will end once the reader has taken what is left. */
    boolean isEnding() {
        return hasEnded() || draining.get() != null;
    }
}
