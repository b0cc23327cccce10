package conformance.soak;

import conformance.HubProcess;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import testing.Fault;

/** Samples a hub from outside while a soak runs. */
final class Watch implements AutoCloseable {

    private static final long POLL_NANOS = 500_000_000;
    private static final long STOP_SECONDS = 60;

    private final HubProcess hub;
    private final ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
    private final Future<Long> retained;
    private volatile boolean over;

    Watch(HubProcess hub) {
        this.hub = hub;
        this.retained = thread.submit(this::mostRetained);
    }

    private Long mostRetained() throws Exception {
        long most = retainedNow();
        while (!over) {
            LockSupport.parkNanos(POLL_NANOS);
            most = Math.max(most, retainedNow());
        }
        return most;
    }

    private long retainedNow() throws Exception {
        return hub.api().status().path("retained_bytes").asLong();
    }

    /** Takes a last sample, and returns all results. */
    Samples samples(Map<Fault.Kind, Long> faults) throws Exception {
        over = true;
        List<String> failures =
                hub.err().lines().filter(line -> line.contains(" SEVERE ")).toList();
        return new Samples(
                retained.get(STOP_SECONDS, TimeUnit.SECONDS), ResidentMemory.ofProcess(hub.pid()), failures, faults);
    }

    @Override
    public void close() {
        over = true;
        thread.close();
    }
}
