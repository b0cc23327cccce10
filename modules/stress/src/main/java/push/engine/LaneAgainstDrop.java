package push.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** The writer adds one invalidation more than fits, while the reader looks for the oldest. */
@JCStressTest
@Description("Forbids an invalidation that is missing although the lane does not report the loss.")
@Outcome(id = "1, false", expect = Expect.ACCEPTABLE, desc = "Before the writer.")
@Outcome(
        id = "1, true",
        expect = Expect.ACCEPTABLE,
        desc = "It was still found: an unnecessary report of a loss is safe.")
@Outcome(id = "0, true", expect = Expect.ACCEPTABLE, desc = "After the writer: it is gone, and the reader knows.")
@Outcome(id = "0, false", expect = Expect.FORBIDDEN, desc = "Gone without a report: the session would stay open.")
@State
public class LaneAgainstDrop {

    private final InvalidationLane lane = new InvalidationLane(Duration.ofDays(1), 1, Long.MAX_VALUE);

    public LaneAgainstDrop() {
        lane.add(of(1, Stores.USER));
    }

    private static Entry of(long sequence, UUID user) {
        return new Entry(Stores.EPOCH, sequence, Instant.EPOCH, 0, Stores.invalidation(user), new NoWireFormat());
    }

    @Actor
    public void writer() {
        lane.add(of(2, Stores.OTHER_USER));
    }

    @Actor
    public void reader(LL_Result result) {
        Scan scan = new Scan(Interest.ALL, Long.MAX_VALUE);
        scan.start(0, new Delivery[2]);
        lane.read(scan, 1);
        result.r1 = scan.size();
        result.r2 = lane.hasLost(0, 1);
    }
}
