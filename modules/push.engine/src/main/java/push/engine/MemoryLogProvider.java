package push.engine;

import java.security.SecureRandom;
import java.time.InstantSource;
import push.engine.spi.EventLog;
import push.engine.spi.EventLogProvider;

/** Makes logs in memory, each with an epoch of its own. */
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

    /** The time of birth, to be read by people, and 32 random bits, for two births in one millisecond. */
    private static String newEpoch(InstantSource clock) {
        String born = Long.toString(clock.millis(), RADIX);
        return born + Integer.toUnsignedString(new SecureRandom().nextInt(), RADIX);
    }
}
