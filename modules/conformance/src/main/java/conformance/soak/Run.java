package conformance.soak;

import java.time.Duration;
import java.util.List;

/**
 * The complete record of one soak of one hub.
 *
 * @param seed the seed of its faults and its load
 * @param load the time for which its publishers ran
 */
public record Run(long seed, Phase phase, Duration load, Published published, List<Seen> seen, Samples samples) {

    /** Whether that subscriber must receive every event within its interest. */
    boolean mustReceiveAll(Seen subscriber) {
        return phase.lossless() || subscriber.profile().steady();
    }
}
