package conformance.soak;

import conformance.HubProcess;
import conformance.soak.Published.ClientEvent;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import testing.Await;

/** Puts one hub under load for a while, with subscribers to whom things happen, and writes down what comes of it. */
public final class Soak {

    private static final Duration SETTLE = Duration.ofSeconds(30);
    private static final int FAREWELLS = 30;
    private static final long FAREWELL_NANOS = 2_000_000_000L;
    private static final long LOOK_AGAIN_NANOS = 5_000_000;

    private final HubProcess hub;
    private final Crowd crowd;
    private final Load load;

    private Soak(HubProcess hub, Crowd crowd, Load load) {
        this.hub = hub;
        this.crowd = crowd;
        this.load = load;
    }

    /**
     * Runs it.
     *
     * @param seed faults and load follow from it; how they fall together does not
     * @param time how long to publish
     * @throws AssertionError when it could not be brought to its end
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

    /** Waits until everybody has got what there was to get; gives the log's head. */
    private long settle() throws Exception {
        Await.until("the log has all that was published", SETTLE, () -> head() == load.count());
        List<ClientEvent> farewell = load.publishOneOfEach();
        // Who went on at the live tail only now may have missed the first one, and is told nothing that shows it.
        for (int i = 1; !reaches(farewell); i++) {
            if (i == FAREWELLS) {
                throw new AssertionError("they did not catch up with " + head() + ": " + crowd.behind(farewell));
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
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return true;
    }

    private long head() throws Exception {
        return new Epoch(hub.epoch()).sequence(hub.api().status().path("head").asString());
    }
}
