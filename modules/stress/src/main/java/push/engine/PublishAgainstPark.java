package push.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * The publisher publishes, and the dispatcher runs if it is woken, while the reader finds nothing to take and parks. By
 * Dekker's algorithm, at least one of the two sees the other.
 */
@JCStressTest
@Description("Forbids a reader that parks although there are new events, and is not woken.")
@Outcome(id = "took 1, did not wait", expect = Expect.ACCEPTABLE, desc = "It saw the event before it parked.")
@Outcome(id = "took 1, woken", expect = Expect.ACCEPTABLE, desc = "It parked, and was woken.")
@Outcome(id = ".*, not woken", expect = Expect.FORBIDDEN, desc = "A wake-up was lost.")
@State
public class PublishAgainstPark {

    private final WaitingRoom room = new WaitingRoom();
    private final SubscriptionFixture fixture = new SubscriptionFixture(room, 1);

    public PublishAgainstPark() {
        fixture.dispatcher().start();
    }

    @Actor
    public void publisher() {
        fixture.publish(2);
        if (room.dispatcherWoken()) {
            fixture.dispatcher().step();
        }
        room.otherDone();
    }

    @Actor
    public void reader(LL_Result result) {
        result.r1 = fixture.take();
        result.r2 = room.outcome();
    }
}
