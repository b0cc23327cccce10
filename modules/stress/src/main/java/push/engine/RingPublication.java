package push.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** The writer puts an entry, then advances the head; the reader loads the head, then looks for the entry. */
@JCStressTest
@Description("Forbids a head without its entry, and an incomplete entry.")
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "Before both.")
@Outcome(id = "0, 1", expect = Expect.ACCEPTABLE, desc = "The entry is there, and the head does not show it yet.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "After both.")
@Outcome(id = "1, 0", expect = Expect.FORBIDDEN, desc = "The head without its entry: the event would be missed.")
@Outcome(id = ".*, -1", expect = Expect.FORBIDDEN, desc = "An incomplete entry.")
@State
public class RingPublication {

    private final Ring ring = new Ring(2);
    private volatile long head;

    @Actor
    public void writer() {
        ring.put(Entries.entry(1));
        head = 1;
    }

    @Actor
    public void reader(JJ_Result result) {
        result.r1 = head;
        result.r2 = Entries.seen(ring.get(1));
    }
}
