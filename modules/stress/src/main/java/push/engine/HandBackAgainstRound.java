package push.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A courier hands back what it could not deliver, and the next round comes before, or while, the reader goes on: what
 * was handed back goes first.
 */
@JCStressTest
@Description("Forbids a courier that is called again before the reader has done what was handed back.")
@Outcome(id = "read", expect = Expect.ACCEPTABLE, desc = "The reader found the event before it waited.")
@Outcome(id = "handed back", expect = Expect.ACCEPTABLE, desc = "It was handed back, and nobody came between.")
@Outcome(id = "slept", expect = Expect.ACCEPTABLE, desc = "It waited only after the rounds.")
@Outcome(id = "overtaken", expect = Expect.FORBIDDEN, desc = "A later event went before the one that was handed back.")
@State
public class HandBackAgainstRound {

    private final WaitingRoom room = new WaitingRoom();
    private final Desk desk = new Desk(room, 0);
    private volatile boolean handedBack;
    private volatile boolean overtaken;

    public HandBackAgainstRound() {
        desk.subscription().lendTo(() -> {
            overtaken |= handedBack;
            desk.poll();
            handedBack = true;
            return false;
        });
        desk.dispatcher().start();
    }

    @Actor
    public void dispatcher() {
        for (int sequence = 1; sequence <= 2; sequence++) {
            desk.publish(sequence);
            desk.dispatcher().step();
        }
        desk.subscription().end(End.STOPPED);
        room.otherDone();
    }

    @Actor
    public void reader(L_Result result) {
        int taken = desk.take();
        if (overtaken) {
            result.r1 = "overtaken";
        } else if (taken == Subscription.HANDED_BACK) {
            result.r1 = "handed back";
        } else {
            result.r1 = taken > 0 ? "read" : "slept";
        }
    }
}
