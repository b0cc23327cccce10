package conformance.hostile;

import static java.lang.System.Logger.Level.INFO;

import conformance.HubProcess;
import conformance.Image;
import java.time.Duration;
import java.util.List;
import testing.Await;

/**
 * A hub under attack, with a {@link Witness} beside the attacker. After the attack, the same process must still run,
 * the witness must have lost nothing, the heap must have its former size, and the log must have few lines.
 */
public final class Siege implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Siege.class.getName());
    private static final long HEAP_TOLERANCE = 5 << 20;
    private static final int LOG_LINES = 100;
    private static final Duration RELEASED = Duration.ofSeconds(15);

    private final HubProcess hub;
    private long heapBefore;
    private final Witness witness;

    /** Starts a hub with these settings, in YAML. */
    public Siege(String yaml) throws Exception {
        hub = HubProcess.start(yaml);
        warmUp();
        heapBefore = heap();
        witness = new Witness(hub);
    }

    /** Sends each kind of request once, because the classes that the first requests load would look like a leak. */
    private void warmUp() throws Exception {
        for (int i = 0; i < 20; i++) {
            hub.api().notify("3f0e9f6c-6a51-4c6b-9c42-0d3f7c8a1b11", "warm", "{}");
            hub.api().call("GET", "/observe/health/live", "");
            try (Http2Peer peer = Http2Peer.connect(hub.port()).subscribed(1, "warm-" + i)) {
                peer.headers(3, Http2Frame.END_STREAM, HeaderBlock.get("/observe/health/live"))
                        .observe(3);
            }
        }
        hub.awaitSubscribers(0);
    }

    /** The port on which the hub listens. */
    public int port() {
        return hub.port();
    }

    /** The hub itself. */
    public HubProcess hub() {
        return hub;
    }

    /** The live bytes of the hub's heap, measured after a collection. */
    public long heap() throws Exception {
        return LiveHeap.bytes(Image.built(), hub.pid());
    }

    /**
     * Runs a test's preparation, and accepts the heap that it takes: the hub retains, for example, the published
     * events.
     */
    public void allow(Preparation preparation) throws Exception {
        long before = heap();
        preparation.run();
        heapBefore += Math.max(0, heap() - before);
    }

    /** The actions of a test before its attack. */
    @FunctionalInterface
    public interface Preparation {

        /** Runs the preparation. */
        void run() throws Exception;
    }

    /** Waits until the live heap is at most {@code tolerance} bytes larger than before. */
    public void awaitHeap(long before, long tolerance) throws Exception {
        long[] now = {0};
        try {
            Await.until("the heap has its former size", RELEASED, () -> {
                now[0] = heap();
                return now[0] <= before + tolerance;
            });
        } catch (AssertionError e) {
            throw new AssertionError(
                    "live: " + before + " bytes before, " + now[0] + " after, +" + (now[0] - before) / 1024 + " KiB",
                    e);
        }
    }

    /** Checks what must hold once the attackers have disconnected. */
    public void survived(String attack) throws Exception {
        witness.stop();
        LOG.log(INFO, "{0}: {1}", attack, witness.figures());
        List<Integer> live = Http1Peer.exchange(
                        port(), "GET /observe/health/live HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
                .statuses();
        if (!live.equals(List.of(200))) {
            throw new AssertionError("not live: " + live);
        }
        awaitHeap(heapBefore, HEAP_TOLERANCE);
        String log = hub.err();
        if (log.contains("\tat ")) {
            throw new AssertionError("the log has stack traces: " + log.substring(0, Math.min(2000, log.length())));
        }
        if (log.lines().count() > LOG_LINES) {
            throw new AssertionError("the log has " + log.lines().count() + " lines");
        }
    }

    @Override
    public void close() {
        hub.close();
    }
}
