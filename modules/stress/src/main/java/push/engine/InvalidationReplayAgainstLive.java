package push.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;
import push.api.Event;

/**
 * The same as {@link ReplayAgainstLive} with invalidations. An invalidation that is evicted from the recent events is
 * still retained, so none may be missed.
 */
@JCStressTest
@Description("Forbids an invalidation that is missed, and one that is taken twice, from either retention.")
@Outcome(id = "1 2, 0, 0", expect = Expect.ACCEPTABLE, desc = "Both were taken.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Missed, or taken twice.")
@State
public class InvalidationReplayAgainstLive {

    private static final Event EARLIER = Stores.invalidation(Stores.USER);
    private static final Event LATER = Stores.invalidation(Stores.OTHER_USER);

    private final EventStore store = Stores.forOne(EARLIER);
    private final Late late = new Late(store, StalePolicy.OLDEST_RETAINED);

    public InvalidationReplayAgainstLive() {
        Stores.append(store, 1, EARLIER);
    }

    @Actor
    public void writer() {
        Stores.append(store, 2, LATER);
    }

    @Actor
    public void reader() {
        late.open().turn();
    }

    @Arbiter
    public void afterBoth(LLL_Result result) {
        Reading reading = late.opened();
        reading.toEnd();
        result.r1 = reading.taken();
        result.r2 = reading.lost();
        result.r3 = reading.reported();
    }
}
