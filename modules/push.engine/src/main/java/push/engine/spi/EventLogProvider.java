package push.engine.spi;

import java.time.InstantSource;

/** Makes event logs of one kind. Found by {@link java.util.ServiceLoader}. */
public interface EventLogProvider {

    /** The value of {@code push.log} that asks for it. */
    String kind();

    /**
     * Makes a log.
     *
     * @param clock stamps the time of publication
     */
    EventLog open(InstantSource clock);
}
