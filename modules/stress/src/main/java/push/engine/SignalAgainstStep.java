package push.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A second event is published to a parked reader, while the dispatcher works on the first. The publisher need not wake
 * the dispatcher while that work is still to be done.
 */
@JCStressTest
@Description("Forbids a parked reader with new events that was not woken and will not be woken.")
@Outcome(id = "reader woken", expect = Expect.ACCEPTABLE, desc = "The dispatcher saw the event, and woke the reader.")
@Outcome(id = "dispatcher woken", expect = Expect.ACCEPTABLE, desc = "The dispatcher was done, and is to run again.")
@Outcome(id = "none woken", expect = Expect.FORBIDDEN, desc = "A wake-up was lost.")
@State
public class SignalAgainstStep {

    private final WaitingRoom room = new WaitingRoom() {
        @Override
        public void park(Object blocker, long nanos) {
            fixture.publish(2); // the reader is parked; any thread may do this
            super.park(blocker, nanos);
        }
    };
    private final SubscriptionFixture fixture = new SubscriptionFixture(room, 1);

    public SignalAgainstStep() {
        fixture.dispatchers().parking();
        fixture.dispatchers().signal(); // the first event: from now on the dispatcher has work to do
        fixture.dispatchers().unparked();
        fixture.dispatcher().start(); // only now, so that "woken" means "woken again"
    }

    @Actor
    public void dispatcher() {
        fixture.dispatcher().step();
        room.otherDone();
    }

    @Actor
    public void reader() {
        fixture.take();
    }

    @Arbiter
    public void afterBoth(L_Result result) {
        result.r1 = whoWasWoken();
    }

    private String whoWasWoken() {
        if (room.readerWoken()) {
            return "reader woken";
        }
        return room.dispatcherWoken() ? "dispatcher woken" : "none woken";
    }
}
