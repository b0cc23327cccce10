package push.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/** The hub ends a subscription whose reader waits, while the dispatcher has the courier deliver. */
@JCStressTest
@Description("Forbids a courier that delivers while the reader continues or later, and a reader that is not woken.")
@Outcome(id = "ended, woken, courier 1", expect = Expect.ACCEPTABLE, desc = "The reader waited for the delivery.")
@Outcome(id = "ended, woken, reader 1", expect = Expect.ACCEPTABLE, desc = "The end came first.")
@Outcome(id = ".*, two at once", expect = Expect.FORBIDDEN, desc = "The reader did not wait for the delivery.")
@Outcome(id = ".*, not woken, .*", expect = Expect.FORBIDDEN, desc = "A wake-up was lost.")
@State
public class CourierAgainstEnd {

    private final WaitingRoom room = new WaitingRoom() {
        @Override
        public void park(Object blocker, long nanos) {
            if (!published) {
                fixture.publish(1);
                published = true;
                await(() -> comes);
                fixture.subscription().end(End.STOPPED); // the reader is parked; any thread may do this
            }
            super.park(blocker, nanos);
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
