package push.engine;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;
import push.engine.memory.MemoryLog;

/** The hub closes while a gateway subscribes. */
@JCStressTest
@Description("Forbids a subscription that is opened and never ends.")
@Outcome(id = "refused", expect = Expect.ACCEPTABLE, desc = "The hub was faster.")
@Outcome(id = "STOPPED", expect = Expect.ACCEPTABLE, desc = "It was opened, and has ended.")
@Outcome(id = "lives on", expect = Expect.FORBIDDEN, desc = "Nothing will end it.")
@State
public class CloseAgainstSubscribe {

    private static final EngineRuntime RUNTIME = new StillRuntime();
    private static final SubscriptionRequest REQUEST = SubscriptionRequest.of("g", "");

    private final Hub hub = Hub.builder(HubConfig.defaults())
            .log(new MemoryLog(Stores.EPOCH, RUNTIME))
            .runtime(RUNTIME)
            .open();
    private @Nullable Subscription subscription;

    @Actor
    public void closer() {
        hub.close();
    }

    @Actor
    public void subscriber() {
        try {
            subscription = hub.subscribe(REQUEST);
        } catch (SubscriptionRefused e) {
            subscription = null;
        }
    }

    @Arbiter
    public void afterBoth(L_Result result) {
        Subscription opened = subscription;
        result.r1 = opened == null ? "refused" : opened.end().map(End::name).orElse("lives on");
    }
}
