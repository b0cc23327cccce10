package push.transport;

import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import push.engine.Hub;
import push.protocol.v1.PushGrpc;

/** Reports over gRPC health whether the hub accepts subscriptions. Thread-safe. */
final class HealthReports {

    /** How long to wait until a change of health is reported. A slower report continues in the background. */
    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    private final Hub hub;
    private final HealthStatusManager health = new HealthStatusManager();
    private final AtomicBoolean retired = new AtomicBoolean();

    HealthReports(Hub hub) {
        this.hub = hub;
    }

    /** The health service. */
    BindableService service() {
        return health.getHealthService();
    }

    /** Reports whether the hub accepts subscriptions now, to all watchers. Has no effect after {@link #retire}. */
    void update() {
        report(() -> {
            ServingStatus status = hub.accepting() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
            health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
            health.setStatus(PushGrpc.SERVICE_NAME, status);
        });
    }

    /** Reports that no new call is served, for good. Idempotent. */
    void retire() {
        if (retired.compareAndSet(false, true)) {
            report(health::enterTerminalState); // which logs a warning when it is called twice
        }
    }

    /**
     * Reports on a separate thread. The health service writes to its watchers under one lock, so a watcher that does
     * not read blocks every other one until its connection is cut.
     */
    private static void report(Runnable change) {
        Thread reporting = Thread.ofVirtual().name("push-health").start(change);
        try {
            boolean _ = reporting.join(TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
