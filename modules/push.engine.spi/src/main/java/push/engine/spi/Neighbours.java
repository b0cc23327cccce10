package push.engine.spi;

import java.time.Duration;
import java.util.List;

/**
 * The hubs of one log, and what they tell each other about their subscriptions. Apart from the events, which are in the
 * log. Safe for any number of threads.
 */
public interface Neighbours {

    /**
     * Announces to all hubs that a subscription was opened here, so that an older one with the same id ends at every
     * other hub. All announcements have one order, in which {@link Tail#announced} passes them on, at this hub too.
     * Returns at once. While the log is away, announcements are kept and sent later.
     *
     * @param id the subscription's id, of 1 to 256 bytes
     * @param token identifies the announcement at this hub; not 0
     */
    void announce(String id, long token);

    /**
     * Reports the number of this hub's subscriptions, for {@link #hubs}. Returns at once.
     *
     * @param subscribers the number of subscriptions, at least 0
     */
    void report(int subscribers);

    /**
     * Returns the hubs of this log that have reported lately, this one included, in the order of their nodes. May wait
     * for the log.
     *
     * @throws IllegalStateException if the log does not answer
     */
    List<Hub> hubs();

    /**
     * A hub as it has reported itself.
     *
     * @param node the name of its node
     * @param version the version of its software
     * @param subscribers the number of its subscriptions
     * @param age how long ago the hub knew that it was current: see {@link EventLog#age}
     * @param here true for this hub
     */
    record Hub(String node, String version, int subscribers, Duration age, boolean here) {}
}
