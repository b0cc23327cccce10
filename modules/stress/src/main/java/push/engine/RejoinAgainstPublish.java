package push.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * A reader that has done what was handed back to it waits again, and leaves what there is to the dispatcher, while an event is
 * published: one of publisher and reader has the dispatcher run.
 */
@JCStressTest
@Description("Forbids an event that is not brought to a reader that waits again.")
@Outcome(id = "brought", expect = Expect.ACCEPTABLE, desc = "The dispatcher ran once the reader waited.")
@Outcome(id = "forgotten", expect = Expect.FORBIDDEN, desc = "Nobody had it run.")
@State
public class RejoinAgainstPublish {

    /** Ends a wait without an end of the subscription. */
    private static final class Awake extends RuntimeException {

        private static final long serialVersionUID = 1;
    }

    private final class Room extends StillRuntime {

        private volatile boolean told;
        private volatile boolean published;
        private boolean rejoins;

        @Override
        public void park(Object blocker, long nanos) {
            if (!rejoins) {
                desk.publish(1);
                desk.dispatcher().step(); // which hands back
                return;
            }
            while (!published) {
                Thread.onSpinWait();
            }
            if (told) {
                desk.dispatcher().step();
            }
            throw new Awake();
        }

        @Override
        public void unpark(Thread thread) {
            told |= rejoins; // nobody but the dispatcher is woken from then on
        }
    }

    private final Room room = new Room();
    private final Desk desk = new Desk(room, 0);
    private boolean brought;

    public RejoinAgainstPublish() {
        desk.dispatcher().start();
        desk.subscription().lendTo(() -> {
            desk.poll();
            brought = room.rejoins;
            return room.rejoins;
        });
        desk.take();
        room.rejoins = true;
    }

    @Actor
    public void publisher() {
        desk.publish(2);
        room.published = true;
    }

    @Actor
    public void reader(L_Result result) {
        try {
            desk.take();
        } catch (Awake e) {
            // It would sleep on.
        }
        result.r1 = brought ? "brought" : "forgotten";
    }
}
