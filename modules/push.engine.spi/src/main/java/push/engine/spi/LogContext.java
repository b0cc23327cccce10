package push.engine.spi;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a provider may use to open a log.
 *
 * @param node the name of this hub's node, for people to read; may be empty
 * @param version the version of the hub's software
 * @param settings the settings below {@code push.<name of the log>}, by the rest of their key
 * @param window how long client events are retained; positive
 * @param maxBytes how many bytes of events are retained at most; positive
 * @param invalidations how long the last invalidation of each user and session is retained; positive
 * @param lostTimeout how long ago the log may have been current at most, before the hub sends its gateways elsewhere;
 *     positive
 * @param clock the source of the time of publication
 * @param threads starts the log's own threads
 */
public record LogContext(
        String node,
        String version,
        Map<String, String> settings,
        Duration window,
        long maxBytes,
        Duration invalidations,
        Duration lostTimeout,
        InstantSource clock,
        Threads threads) {

    public LogContext {
        settings = Map.copyOf(settings);
    }

    /** Starts threads that end with the log. */
    @FunctionalInterface
    public interface Threads {

        /** Starts a daemon thread with this name, whose unexpected end makes the hub unready. */
        Thread start(String name, Runnable task);
    }
}
