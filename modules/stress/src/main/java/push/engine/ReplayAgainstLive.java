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
 * A subscription is opened with a cursor from before an event, and read, while the writer appends the next event, which
 * evicts the first one.
 */
@JCStressTest
@Description("Forbids an event that is missed without a report, and one that is taken twice.")
@Outcome(id = "1 2, 0, 0", expect = Expect.ACCEPTABLE, desc = "Both were taken.")
@Outcome(id = "2, 0, 1", expect = Expect.ACCEPTABLE, desc = "The older one was evicted before the opening.")
@Outcome(id = "2, 1, 1", expect = Expect.ACCEPTABLE, desc = "The older one was evicted after the opening.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Missed, or taken twice.")
@State
public class ReplayAgainstLive {

    private static final Event EVENT = Stores.clientEvent(Stores.USER);

    private final EventStore store = Stores.forOne(EVENT);
    private final Late late = new Late(store, StalePolicy.OLDEST_RETAINED);

    public ReplayAgainstLive() {
        Stores.append(store, 1, EVENT);
    }

    @Actor
    public void writer() {
        Stores.append(store, 2, EVENT);
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
