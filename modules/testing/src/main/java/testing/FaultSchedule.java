package testing;

import java.time.Duration;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import testing.Fault.Kind;

/** Random faults; the same seed gives the same faults. Shared by all connections of a proxy. Safe for any thread. */
public final class FaultSchedule implements Supplier<Fault> {

    private static final int LONG_STALL_ONE_IN = 8;

    private final RandomGenerator random;

    /** Creates a schedule. The caller must not use {@code random} any more. */
    public FaultSchedule(RandomGenerator random) {
        this.random = random;
    }

    @Override
    public synchronized Fault get() {
        Duration after = millis(200, 3_000);
        return switch (random.nextInt(10)) {
            case 0, 1 -> new Fault(Kind.DELAY, after, millis(500, 3_000));
            case 2, 3 -> new Fault(Kind.STALL, after, stall());
            case 4, 5, 6 -> new Fault(Kind.CUT, after, Duration.ZERO);
            default -> new Fault(Kind.RESET, after, Duration.ZERO);
        };
    }

    /** The length of a stall, which is sometimes long enough for the hub to give up the connection. */
    private Duration stall() {
        return random.nextInt(LONG_STALL_ONE_IN) == 0 ? millis(4_000, 12_000) : millis(200, 2_000);
    }

    private Duration millis(int from, int to) {
        return Duration.ofMillis(random.nextInt(from, to));
    }
}
