package conformance.soak;

import conformance.HubProcess;
import conformance.soak.Published.ClientEvent;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import testing.Await;

/** Runs one hub under load, with subscribers that suffer faults, and records the run. */
public final class Soak {

    private static final Duration SETTLE = Duration.ofSeconds(30);
    private static final int MAX_FAREWELLS = 30;
    private static final long FAREWELL_NANOS = 2_000_000_000L;
    private static final long POLL_NANOS = 5_000_000;

    private final HubProcess hub;
    private final Crowd crowd;
    private final Load load;

    private Soak(HubProcess hub, Crowd crowd, Load load) {
        this.hub = hub;
        this.crowd = crowd;
        this.load = load;
    }

    /**
     * Runs a soak.
     *
     * @param seed determines the faults and the load, but not their timing
     * @param time the time for which to publish
     * @throws AssertionError if the run could not be completed
     */
    public static Run run(Mix mix, Phase phase, long seed, Duration time) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Progress progress = new Progress();
        try (HubProcess hub = HubProcess.start(phase.yaml());
                Watch watch = new Watch(hub);
                Crowd crowd = new Crowd(hub, mix.profiles(), progress, random)) {
            Load load = new Load(hub, progress, crowd::slowestSteady, random);
            crowd.start();
            Duration took = load.run(time);
            crowd.calm();
            long head = new Soak(hub, crowd, load).settle();
            Samples samples = watch.samples(crowd.faults());
            crowd.end();
            return new Run(seed, phase, took, load.published(head), crowd.seen(), samples);
        }
    }

    /** Waits until all subscribers have caught up, and returns the head of the log. */
    private long settle() throws Exception {
        Await.until("the log has everything that was published", SETTLE, () -> head() == load.count());
        List<ClientEvent> farewell = load.publishOneOfEach();
        // A subscriber that has just continued at the live tail may have missed the first farewell without a notice.
        for (int i = 1; !reaches(farewell); i++) {
            if (i == MAX_FAREWELLS) {
                throw new AssertionError(
                        "these subscribers did not catch up with " + head() + ": " + crowd.behind(farewell));
            }
            farewell = load.publishOneOfEach();
        }
        return head();
    }

    private boolean reaches(List<ClientEvent> farewell) {
        long start = System.nanoTime();
        while (!crowd.behind(farewell).isEmpty()) {
            if (System.nanoTime() - start > FAREWELL_NANOS) {
                return false;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return true;
    }

    private long head() throws Exception {
        return new Epoch(hub.epoch()).sequence(hub.api().status().path("head").asString());
    }
}
