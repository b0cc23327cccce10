package push.engine.memory;

import java.security.SecureRandom;
import java.time.InstantSource;
import push.engine.spi.EventLog;
import push.engine.spi.EventLogProvider;
import push.engine.spi.LogContext;

/** Creates logs in memory, each with an epoch of its own. */
public final class MemoryLogProvider implements EventLogProvider {

    static final String NAME = "memory";

    private static final int RADIX = 36;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public EventLog open(LogContext context) {
        return new MemoryLog(newEpoch(context.clock()), context.clock());
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
