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

/** The writer appends events that evict earlier ones, while the reader reads from the start. */
@JCStressTest
@Description("Forbids an event that is neither delivered nor counted as lost, and one that is both.")
@Outcome(id = "1 2 3, 0, 0", expect = Expect.ACCEPTABLE, desc = "The reader was faster.")
@Outcome(
        id = {"1 3, 1, 1", "2 3, 1, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "The writer evicted one unread event.")
@Outcome(id = "3, 2, 2", expect = Expect.ACCEPTABLE, desc = "The writer evicted two unread events.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The taken, counted and reported events are inconsistent.")
@State
public class AppendAgainstEvict {

    private static final Event EVENT = Stores.clientEvent(Stores.USER);

    private final EventStore store = Stores.forOne(EVENT);
    private final Reading reading = Reading.fromStart(store, Interest.ALL, new LagPolicy(0), 2);

    public AppendAgainstEvict() {
        Stores.append(store, 1, EVENT);
    }

    @Actor
    public void writer() {
        Stores.append(store, 2, EVENT);
        Stores.append(store, 3, EVENT);
    }

    @Actor
    public void reader() {
        reading.toEnd();
    }

    @Arbiter
    public void afterBoth(LLL_Result result) {
        reading.toEnd();
        result.r1 = reading.taken();
        result.r2 = reading.lost();
        result.r3 = reading.reported();
    }
}
