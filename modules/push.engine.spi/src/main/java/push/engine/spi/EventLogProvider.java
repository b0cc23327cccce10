package push.engine.spi;

/** Creates event logs of one kind. Loaded by {@link java.util.ServiceLoader}. */
public interface EventLogProvider {

    /** Returns the value of the setting {@code push.log} that selects this provider. */
    String name();

    /**
     * Creates a log, without connecting it yet.
     *
     * @throws IllegalArgumentException if a setting is invalid; the message names the key, the value and what is
     *     allowed
     */
    EventLog open(LogContext context);
}
