package conformance.soak;

import java.time.Duration;
import java.util.List;

/**
 * All that is known of one soak of one hub.
 *
 * @param seed what its faults and its load follow from
 * @param load how long its publishers ran
 */
public record Run(long seed, Phase phase, Duration load, Published published, List<Seen> seen, Samples samples) {

    /** Whether that subscriber must not lose anything. */
    boolean mustReceiveAll(Seen subscriber) {
        return phase.lossless() || subscriber.profile().steady();
    }
}
