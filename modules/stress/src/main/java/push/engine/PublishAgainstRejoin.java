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
 * The publisher publishes, and the dispatcher runs if it is woken, while a reader that has written what was handed back
 * waits again. In this state the reader takes nothing for itself, so it must make sure that the dispatcher delivers.
 */
@JCStressTest
@Description("Forbids a waiting reader with new events that the dispatcher neither delivered nor will deliver.")
@Outcome(id = "courier 2", expect = Expect.ACCEPTABLE, desc = "The dispatcher delivered the event.")
@Outcome(id = "dispatcher woken", expect = Expect.ACCEPTABLE, desc = "The reader woke the dispatcher.")
@Outcome(id = "none woken", expect = Expect.FORBIDDEN, desc = "A wake-up was lost.")
@State
public class PublishAgainstRejoin {

    private final WaitingRoom room = new WaitingRoom() {
        @Override
        public void park(Object blocker, long nanos) {
            if (handedBack) {
                super.park(blocker, nanos);
                fixture.subscription().end(End.CANCELLED); // the publisher is done, and the reader need not be woken
            } else {
                handedBack = true;
                fixture.publish(1);
                fixture.dispatcher().step();
                super.park(blocker, nanos); // the reader was woken, so this does not wait
            }
        }
    };
    private final SubscriptionFixture fixture = new SubscriptionFixture(room, 0);
    private final DeliveryBook book = new DeliveryBook(fixture.subscription(), true);
    private boolean handedBack;

    public PublishAgainstRejoin() {
        fixture.take();
        fixture.dispatcher().start(); // only now, so that "woken" means "woken again"
    }

    @Actor
    public void publisher() {
        fixture.publish(2);
        if (room.dispatcherRuns()) {
            fixture.dispatcher().step();
        }
        room.otherDone();
    }

    @Actor
    public void reader() {
        fixture.take();
    }

    @Arbiter
    public void afterBoth(L_Result result) {
        String delivered = book.read();
        String woken = room.dispatcherWoken() ? "dispatcher woken" : "none woken";
        result.r1 = delivered.equals("nothing") ? woken : delivered;
    }
}
