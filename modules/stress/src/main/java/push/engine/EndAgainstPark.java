package push.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** The hub ends a subscription while its reader finds nothing to take and parks. */
@JCStressTest
@Description("Forbids a reader that parks although its subscription has ended, and is not woken.")
@Outcome(id = "ended, did not wait", expect = Expect.ACCEPTABLE, desc = "It saw the end before it parked.")
@Outcome(id = "ended, woken", expect = Expect.ACCEPTABLE, desc = "It parked, and was woken.")
@Outcome(id = ".*, not woken", expect = Expect.FORBIDDEN, desc = "A wake-up was lost: the stream would never end.")
@State
public class EndAgainstPark {

    private final WaitingRoom room = new WaitingRoom();
    private final SubscriptionFixture fixture = new SubscriptionFixture(room, 0);

    @Actor
    public void hub() {
        fixture.subscription().end(End.STOPPED);
        room.otherDone();
    }

    @Actor
    public void reader(LL_Result result) {
        result.r1 = fixture.take();
        result.r2 = room.outcome();
    }
}
