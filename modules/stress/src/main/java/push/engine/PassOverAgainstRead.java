package push.engine;

import java.util.Set;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import push.api.Event;

/**
 * An event that matches the reader's interest is appended after one that does not, and is read, while the thread that
 * would wake the reader skips the event that does not match.
 */
@JCStressTest
@Description("Forbids that an event within the interest is passed over, does not count as new, or is taken twice.")
@Outcome(id = "true, 2", expect = Expect.ACCEPTABLE, desc = "It counted as new until it was taken once.")
@Outcome(id = "false, .*", expect = Expect.FORBIDDEN, desc = "Unread, but not new: no reader would be woken for it.")
@Outcome(expect = Expect.FORBIDDEN, desc = "Passed over, or taken twice.")
@State
public class PassOverAgainstRead {

    private static final Interest FOR_USER = new Interest(Set.of(Stores.USER), Set.of(), 0, 0);
    private static final Event FOR_READER = Stores.clientEvent(Stores.USER);
    private static final Event FOR_OTHERS = Stores.clientEvent(Stores.OTHER_USER);

    private final EventStore store = Stores.roomy(new StillRuntime());
    private final Reading reading = Reading.fromStart(store, FOR_USER, new LagPolicy(0), 2);

    public PassOverAgainstRead() {
        Stores.append(store, 1, FOR_OTHERS);
    }

    @Actor
    public void waker() {
        reading.reader().hasNews();
    }

    @Actor
    public void publisherAndReader() {
        Stores.append(store, 2, FOR_READER); // any thread may do this
        reading.read();
    }

    @Arbiter
    public void afterBoth(LL_Result result) {
        result.r1 = !reading.taken().isEmpty() || reading.reader().hasNews();
        reading.toEnd();
        result.r2 = reading.taken();
    }
}
