package push.engine;

import java.security.SecureRandom;
import java.time.InstantSource;
import push.engine.spi.EventLog;
import push.engine.spi.EventLogProvider;

/** Creates logs in memory, each with an epoch of its own. */
public final class MemoryLogProvider implements EventLogProvider {

    static final String KIND = "memory";

    private static final int RADIX = 36;

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public EventLog open(InstantSource clock) {
        return new MemoryLog(newEpoch(clock), clock);
    }

    /**
     * The time of creation in milliseconds, and 32 random bits in case two logs are created in the same millisecond;
     * both in base 36.
     */
    private static String newEpoch(InstantSource clock) {
        String born = Long.toString(clock.millis(), RADIX);
        return born + Integer.toUnsignedString(new SecureRandom().nextInt(), RADIX);
    }
}
