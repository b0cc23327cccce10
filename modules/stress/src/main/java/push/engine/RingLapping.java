package push.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** The writer puts an entry into the slot of an older one, while the reader looks for both. */
@JCStressTest
@Description("Forbids an entry under the sequence of another, and that neither of the two is found.")
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "Before the writer.")
@Outcome(id = "1, 3", expect = Expect.ACCEPTABLE, desc = "The writer ran between the two reads.")
@Outcome(id = "0, 3", expect = Expect.ACCEPTABLE, desc = "After the writer: the older one is known to be gone.")
@Outcome(id = "3, .*", expect = Expect.FORBIDDEN, desc = "The newer one was found as the older one: a repeated event.")
@Outcome(id = ".*, 1", expect = Expect.FORBIDDEN, desc = "The older one was found as the newer one: a repeated event.")
@Outcome(id = "0, 0", expect = Expect.FORBIDDEN, desc = "Neither: the slot was seen empty.")
@Outcome(
        id = {"-1, .*", ".*, -1"},
        expect = Expect.FORBIDDEN,
        desc = "An incomplete entry.")
@State
public class RingLapping {

    private final Ring ring = new Ring(2);

    public RingLapping() {
        ring.put(Entries.entry(1));
    }

    @Actor
    public void writer() {
        ring.put(Entries.entry(3));
    }

    @Actor
    public void reader(JJ_Result result) {
        result.r1 = Entries.seen(ring.get(1));
        result.r2 = Entries.seen(ring.get(3));
    }
}
