package push.engine;

import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The writer appends an event for which the ring must grow, while the reader reads from the start. */
@JCStressTest
@Description("Forbids that an entry is missing, or repeated, because the ring moved.")
@Outcome(id = "1 2 ", expect = Expect.ACCEPTABLE, desc = "Before the writer.")
@Outcome(id = "1 2 3 ", expect = Expect.ACCEPTABLE, desc = "After the writer.")
@Outcome(expect = Expect.FORBIDDEN, desc = "An entry is missing, repeated, or incomplete.")
@State
public class AppendAgainstGrow {

    private final RecentEvents recent = new RecentEvents(new StillRuntime(), 0, Duration.ofDays(1), 2, Long.MAX_VALUE);

    public AppendAgainstGrow() {
        recent.append(Entries.entry(1), 0);
        recent.append(Entries.entry(2), 0);
    }

    @Actor
    public void writer() {
        recent.append(Entries.entry(3), 0);
    }

    @Actor
    public void reader(L_Result result) {
        Scan scan = new Scan(Interest.ALL, 256 << 10);
        Delivery[] found = new Delivery[4];
        scan.start(0, found);
        recent.read(scan);
        StringBuilder sequences = new StringBuilder();
        for (int i = 0; i < scan.size(); i++) {
            sequences.append(Entries.seen((Entry) found[i])).append(' ');
        }
        result.r1 = sequences.toString();
    }
}
