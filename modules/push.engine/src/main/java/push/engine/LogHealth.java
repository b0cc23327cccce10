package push.engine;

import java.time.Duration;
import java.util.function.Supplier;
import push.engine.spi.LogState;

/** Whether the log is current, and whether it is lost. Reads both at the moment of the call. Safe for any thread. */
final class LogHealth {

    private final LogTail log;
    private final Supplier<Duration> age;
    private final Duration lostTimeout;

    /**
     * @param age how long ago the log was known to be current; must not wait
     * @param lostTimeout the age from which the log is lost; positive
     */
    LogHealth(LogTail log, Supplier<Duration> age, Duration lostTimeout) {
        this.log = log;
        this.age = age;
        this.lostTimeout = lostTimeout;
    }

    /** How long ago the log was known to be current. */
    Duration age() {
        return age.get();
    }

    /** Returns true if the log passes events on as they are stored, so that silence means that there are none. */
    boolean isCurrent() {
        return log.state() == LogState.READY && !isTooOld();
    }

    /**
     * Returns true if the log cannot be reached, or was not current for too long. A log that was never ready is not too
     * old: it has not yet been current.
     */
    boolean isLost() {
        return log.state() == LogState.AWAY || (log.wasReady() && isTooOld());
    }

    private boolean isTooOld() {
        return age().compareTo(lostTimeout) >= 0;
    }
}
