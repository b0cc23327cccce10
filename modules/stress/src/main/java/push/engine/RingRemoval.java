package push.engine;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * The writer marks the oldest entry as gone, then clears its slot. The reader looks for the entry, then loads the
 * oldest sequence.
 *
 * <p>This test detects a plain access in place of the ring's acquire or release.
 */
@JCStressTest
@Description("Forbids an entry that is missing although the oldest sequence does not show it.")
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "Before both.")
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "The entry was still found.")
@Outcome(id = "0, 2", expect = Expect.ACCEPTABLE, desc = "After both: the reader knows why it found nothing.")
@Outcome(id = "0, 1", expect = Expect.FORBIDDEN, desc = "Missing without a reason: a loss that is not counted.")
@State
public class RingRemoval {

    private final Ring ring = new Ring(2);
    private volatile long oldest = 1;

    public RingRemoval() {
        ring.put(Entries.entry(1));
    }

    @Actor
    public void writer() {
        oldest = 2;
        ring.clear(1);
    }

    @Actor
    public void reader(JJ_Result result) {
        result.r1 = Entries.seen(ring.get(1));
        result.r2 = oldest;
    }
}
