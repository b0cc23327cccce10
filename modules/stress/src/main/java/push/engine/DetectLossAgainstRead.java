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

/** The hub detects that the reader lags too far, while the reader reads. */
@JCStressTest
@Description("Forbids an event that is both delivered and counted as lost, and one that is neither.")
@Outcome(id = "1 2 3, 0, 0", expect = Expect.ACCEPTABLE, desc = "The reader was faster.")
@Outcome(id = "1 3, 1, 1", expect = Expect.ACCEPTABLE, desc = "The hub ran between two reads.")
@Outcome(id = "3, 2, 2", expect = Expect.ACCEPTABLE, desc = "The hub was faster.")
@Outcome(expect = Expect.FORBIDDEN, desc = "The taken, counted and reported events are inconsistent.")
@State
public class DetectLossAgainstRead {

    private static final LagPolicy ONE_BEHIND = new LagPolicy(1);
    private static final Event EVENT = Stores.clientEvent(Stores.USER);

    private final EventStore store = Stores.roomy(new StillRuntime());
    private final Reading reading = Reading.fromStart(store, Interest.ALL, ONE_BEHIND, 1);

    public DetectLossAgainstRead() {
        for (int sequence = 1; sequence <= 3; sequence++) {
            Stores.append(store, sequence, EVENT);
        }
    }

    @Actor
    public void hub() {
        reading.reader().detectLoss();
    }

    @Actor
    public void reader() {
        reading.read(); // not turn(), which would itself detect what is lost
        reading.read();
    }

    @Arbiter
    public void afterBoth(LLL_Result result) {
        reading.toEnd();
        result.r1 = reading.taken();
        result.r2 = reading.lost();
        result.r3 = reading.reported();
    }
}
