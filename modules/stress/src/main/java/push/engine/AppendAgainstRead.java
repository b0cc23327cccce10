package push.engine;

import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJJ_Result;

/** The writer appends an event that evicts the previous one, while the reader looks for the event at the head. */
@JCStressTest
@Description("Forbids a head without a readable entry, if the oldest sequence does not show that the entry is gone.")
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "Before the writer.")
@Outcome(id = "1, 1, 2", expect = Expect.ACCEPTABLE, desc = "The older entry was still found.")
@Outcome(id = "1, 0, 2", expect = Expect.ACCEPTABLE, desc = "It was evicted, and the reader knows.")
@Outcome(id = "2, 2, 2", expect = Expect.ACCEPTABLE, desc = "After the writer.")
@Outcome(id = "1, 0, 1", expect = Expect.FORBIDDEN, desc = "Missing without a reason: a loss that is not counted.")
@Outcome(id = "2, 0, .*", expect = Expect.FORBIDDEN, desc = "The head without its entry: the event would be missed.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Another entry, or an incomplete one.")
@State
public class AppendAgainstRead {

    private static final int ROOM_FOR_ONE = Entries.entry(1).heapBytes();

    private final RecentEvents recent = new RecentEvents(new StillRuntime(), 0, Duration.ofDays(1), 2, ROOM_FOR_ONE);

    public AppendAgainstRead() {
        recent.append(Entries.entry(1), 0);
    }

    @Actor
    public void writer() {
        recent.append(Entries.entry(2), 0);
    }

    @Actor
    public void reader(JJJ_Result result) {
        Scan scan = new Scan(Interest.ALL, 256 << 10);
        Delivery[] found = new Delivery[1];
        long head = recent.head();
        scan.start(head - 1, found);
        recent.read(scan);
        result.r1 = head;
        result.r2 = Entries.seen((Entry) found[0]);
        result.r3 = recent.oldest();
    }
}
