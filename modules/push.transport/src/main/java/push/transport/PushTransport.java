package push.transport;

import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthProto;
import io.grpc.protobuf.services.HealthStatusManager;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.grpc.GrpcConfig;
import io.helidon.webserver.grpc.GrpcReflectionFeature;
import io.helidon.webserver.grpc.GrpcRouting;
import io.helidon.webserver.http2.Http2Config;
import java.time.Duration;
import push.engine.Hub;
import push.protocol.v1.PushGrpc;
import push.protocol.v1.PushOuterClass;

/**
 * Serves a hub's subscriptions as {@code push.v1.Push/SubscribePush}, with gRPC health and server
 * reflection beside it.
 */
public final class PushTransport implements AutoCloseable {

    private final EventEncoder encoder = new EventEncoder();
    private final Hub hub;
    private final Duration stallTimeout;
    private final TransportObserver observer;
    private final StreamSupervisor supervisor;
    private final HealthStatusManager health = new HealthStatusManager();

    /** @param stallTimeout how long a reader may take nothing before its stream is ended */
    public PushTransport(Hub hub, Duration stallTimeout, TransportObserver observer) {
        this.hub = hub;
        this.stallTimeout = stallTimeout;
        this.observer = observer;
        this.supervisor = new StreamSupervisor(hub, stallTimeout);
        health.setStatus(PushGrpc.SERVICE_NAME, ServingStatus.SERVING);
    }

    /** Adds the services, and the settings that long streams of small messages need. */
    public void addTo(WebServerConfig.Builder server) {
        server.addRouting(GrpcRouting.builder()
                        .service(PushOuterClass.getDescriptor(), (BindableService) this::definition)
                        .service(HealthProto.getDescriptor(), health.getHealthService()))
                .addFeature(GrpcReflectionFeature.create(reflection -> reflection.enabled(true)))
                .addProtocol(new StreamConnection.Config())
                .addProtocol(Http2Config.builder()
                        // The supervisor ends a stalled stream first, and knows why.
                        .flowControlTimeout(stallTimeout.multipliedBy(2))
                        .build())
                .addProtocol(GrpcConfig.builder()
                        // Each stream would compress each event anew.
                        .enableCompression(false)
                        .build());
    }

    private ServerServiceDefinition definition() {
        var method = PushMethod.descriptor(encoder);
        var service = ServiceDescriptor.newBuilder(PushGrpc.SERVICE_NAME)
                .setSchemaDescriptor(PushGrpc.getServiceDescriptor().getSchemaDescriptor())
                .addMethod(method)
                .build();
        return ServerServiceDefinition.builder(service)
                .addMethod(method, (call, headers) -> new PushCall(call, hub, supervisor, observer))
                .build();
    }

    /** How many calls there are that have not ended. */
    int calls() {
        return supervisor.size();
    }

    /**
     * Says over gRPC health that no call is served any more, and gives the streams, which the closed hub
     * has ended, a second to tell their gateways. Idempotent.
     */
    @Override
    public void close() {
        health.enterTerminalState();
        supervisor.close();
    }
}
