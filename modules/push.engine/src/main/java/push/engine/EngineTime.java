package push.engine;

import java.time.Instant;
import java.time.InstantSource;

/** Every clock that the engine reads. Retention follows {@link #nanoTime}; wall time is only shown. */
public interface EngineTime extends InstantSource {

    /** Monotonic, in nanoseconds, of arbitrary origin: see {@link System#nanoTime}. */
    long nanoTime();

    /** The machine's clocks. */
    static EngineTime system() {
        return new EngineTime() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            public Instant instant() {
                return InstantSource.system().instant();
            }
        };
    }
}
