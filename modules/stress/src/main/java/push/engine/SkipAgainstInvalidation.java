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
 * A subscription skips the client events up to the head, because some after its cursor are gone, while an invalidation
 * is appended.
 */
@JCStressTest
@Description("Forbids that the invalidation is skipped with the client events, and that it is taken twice.")
@Outcome(id = "3, 0, 2", expect = Expect.ACCEPTABLE, desc = "It was delivered, from either retention.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Skipped, or taken twice, or the client events are miscounted.")
@State
public class SkipAgainstInvalidation {

    private static final Event SKIPPED = Stores.clientEvent(Stores.USER);
    private static final Event INVALIDATION = Stores.invalidation(Stores.USER);

    private final EventStore store = Stores.forOne(SKIPPED);
    private final Late late = new Late(store, StalePolicy.LIVE_TAIL);

    public SkipAgainstInvalidation() {
        Stores.append(store, 1, SKIPPED);
        Stores.append(store, 2, SKIPPED);
    }

    @Actor
    public void writer() {
        Stores.append(store, 3, INVALIDATION);
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
