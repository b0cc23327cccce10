package push.engine.spi;

import java.time.InstantSource;

/** Creates event logs of one kind. Loaded by {@link java.util.ServiceLoader}. */
public interface EventLogProvider {

    /** Returns the value of the setting {@code push.log} that selects this provider. */
    String kind();

    /**
     * Creates a log.
     *
     * @param clock the source of the time of publication
     */
    EventLog open(InstantSource clock);
}
