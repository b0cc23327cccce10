package push.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A reader is interrupted while it waits and the dispatcher has its courier deliver. */
@JCStressTest
@Description("Forbids a lost interrupt, and a courier that delivers while the reader continues, or later.")
@Outcome(id = "interrupted, courier 1", expect = Expect.ACCEPTABLE, desc = "The reader waited for the delivery.")
@Outcome(id = "interrupted, reader 1", expect = Expect.ACCEPTABLE, desc = "The interrupt came first.")
@Outcome(id = "interrupted, two at once", expect = Expect.FORBIDDEN, desc = "The reader did not wait for the delivery.")
@Outcome(id = "went on, .*", expect = Expect.FORBIDDEN, desc = "The interrupt was lost.")
@State
public class CourierAgainstInterrupt {

    private final WaitingRoom room = new WaitingRoom() {
        @Override
        public void park(Object blocker, long nanos) {
            if (!published) {
                fixture.publish(1);
                published = true;
                await(() -> comes);
                Thread.currentThread().interrupt(); // the reader is parked; any thread may do this
            }
            super.park(blocker, nanos);
            if (isNotWoken()) {
                fixture.subscription().end(End.CANCELLED); // so that the test ends in any case
            }
        }
    };
    private final SubscriptionFixture fixture = new SubscriptionFixture(room, 0);
    private final DeliveryBook book = new DeliveryBook(fixture.subscription(), false);
    private volatile boolean published;
    private volatile boolean comes;

    @Actor
    public void dispatcher() {
        WaitingRoom.await(() -> published);
        comes = true;
        fixture.subscription()
                .dispatch(); // only this part of a round: with the rest, the other actor would usually be first
        room.otherDone();
    }

    @Actor
    public void reader(LL_Result result) {
        try {
            fixture.subscription().take(new Delivery[1]);
            result.r1 = "went on";
        } catch (InterruptedException e) {
            result.r1 = "interrupted";
        }
        book.readRest();
    }

    @Arbiter
    public void afterBoth(LL_Result result) {
        result.r2 = book.read();
    }
}
