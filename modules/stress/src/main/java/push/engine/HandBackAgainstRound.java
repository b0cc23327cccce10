package push.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * The courier leaves an event to the reader, and the reader continues while the dispatcher arrives with the next event.
 */
@JCStressTest
@Description("Forbids that a later event overtakes the handed-back one, and a reader that is not informed of it.")
@Outcome(
        id = "handed back, woken, reader 1, reader 2",
        expect = Expect.ACCEPTABLE,
        desc = "The reader also took the second one.")
@Outcome(id = "handed back, woken, reader 1", expect = Expect.ACCEPTABLE, desc = "The second one came too late.")
@Outcome(id = ".*, courier 2.*", expect = Expect.FORBIDDEN, desc = "The courier did not wait for the reader.")
@Outcome(id = ".*, not woken, .*", expect = Expect.FORBIDDEN, desc = "A wake-up was lost.")
@State
public class HandBackAgainstRound {

    private final WaitingRoom room = new WaitingRoom() {
        @Override
        public void park(Object blocker, long nanos) {
            if (!published) {
                fixture.publish(1); // the reader is parked; any thread may do this
                published = true;
            }
            super.park(blocker, nanos);
            if (isNotWoken()) {
                fixture.subscription().end(End.CANCELLED); // so that the test ends in any case
            }
        }
    };
    private final SubscriptionFixture fixture = new SubscriptionFixture(room, 0);
    private final DeliveryBook book = new DeliveryBook(fixture.subscription(), true);
    private volatile boolean published;

    @Actor
    public void dispatcher() {
        WaitingRoom.await(() -> published);
        fixture.dispatcher().step();
        fixture.publish(2);
        fixture.dispatcher().step();
        room.otherDone();
    }

    @Actor
    public void reader(LLL_Result result) {
        result.r1 = fixture.take();
        book.readRest();
        result.r2 = room.outcome();
    }

    @Arbiter
    public void afterBoth(LLL_Result result) {
        result.r3 = book.read();
    }
}
