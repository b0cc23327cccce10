package push.engine;

import java.time.Duration;
import java.time.Instant;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The writer adds a later invalidation of the same user, while the reader reads a range that contains both. */
@JCStressTest
@Description("Forbids that neither the earlier invalidation nor the later one is found.")
@Outcome(id = "1 ", expect = Expect.ACCEPTABLE, desc = "Before the writer.")
@Outcome(id = "1 2 ", expect = Expect.ACCEPTABLE, desc = "The later one is there, the earlier one not yet removed.")
@Outcome(id = "2 ", expect = Expect.ACCEPTABLE, desc = "After the writer.")
@Outcome(id = "", expect = Expect.FORBIDDEN, desc = "Neither: the session would stay open.")
@State
public class LaneAgainstSupersede {

    private final InvalidationLane lane = new InvalidationLane(Duration.ofDays(1), 16, Long.MAX_VALUE);

    public LaneAgainstSupersede() {
        lane.add(of(1));
    }

    private static Entry of(long sequence) {
        return new Entry(
                Stores.EPOCH, sequence, Instant.EPOCH, 0, Stores.invalidation(Stores.USER), new NoWireFormat());
    }

    @Actor
    public void writer() {
        lane.add(of(2));
    }

    @Actor
    public void reader(L_Result result) {
        Delivery[] found = new Delivery[3];
        Scan scan = new Scan(Interest.ALL, Long.MAX_VALUE);
        scan.start(0, found);
        lane.read(scan, 2);
        StringBuilder sequences = new StringBuilder();
        for (int i = 0; i < scan.size(); i++) {
            sequences.append(((Entry) found[i]).sequence()).append(' ');
        }
        result.r1 = sequences.toString();
    }
}
