package push.transport;

import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.health.v1.HealthProto;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.grpc.GrpcConfig;
import io.helidon.webserver.grpc.GrpcProtocolSelector;
import io.helidon.webserver.grpc.GrpcReflectionFeature;
import io.helidon.webserver.grpc.GrpcRouting;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import push.protocol.v1.PushGrpc;
import push.protocol.v1.PushOuterClass;
import push.transport.gate.FlowControlTap;

/** The gRPC services of a server: the push stream, health, and server reflection. */
final class GrpcServices {

    /**
     * The receive window in Helidon, in bytes: so small that Helidon reports each frame of a body that a handler takes.
     */
    private static final int HELIDON_STREAM_WINDOW = 65_535;

    private final StreamParts parts;
    private final CallGuard guard;
    private final BindableService health;

    /**
     * @param guard decides which calls of any service are let in
     * @param health the service of gRPC health
     */
    GrpcServices(StreamParts parts, CallGuard guard, BindableService health) {
        this.parts = parts;
        this.guard = guard;
        this.health = health;
    }

    /** The selector of HTTP/2 connections, which passes each stream to its service. */
    Http2ConnectionSelector selector(Http2Config configured) {
        // With compression, each stream would compress each event again.
        GrpcConfig grpc = GrpcConfig.builder().enableCompression(false).build();
        return Http2ConnectionSelector.builder()
                .http2Config(behindTheGate(configured))
                .addSubProtocolSelector(new FlowControlTap())
                .addSubProtocolSelector(new PushProtocol(parts, guard)) // before gRPC, which would accept its streams
                .addSubProtocolSelector(new OtherCalls(
                        guard,
                        GrpcProtocolSelector.create(grpc),
                        HealthGrpc.getServiceDescriptor(),
                        ServerReflectionGrpc.getServiceDescriptor(),
                        io.grpc.reflection.v1alpha.ServerReflectionGrpc.getServiceDescriptor()))
                .build();
    }

    /**
     * Removes Helidon's limits. The gate passes on only what keeps its own limits, and Helidon must not end a
     * connection.
     */
    private static Http2Config behindTheGate(Http2Config configured) {
        return Http2Config.builder()
                .flowControlTimeout(configured.flowControlTimeout())
                .initialWindowSize(HELIDON_STREAM_WINDOW)
                .maxConcurrentStreams(Integer.MAX_VALUE)
                .maxHeaderListSize(Integer.MAX_VALUE)
                .maxRapidResets(Integer.MAX_VALUE)
                .maxEmptyFrames(Integer.MAX_VALUE)
                .validatePath(false)
                .build();
    }

    /** Adds the routes of the services to a server. */
    void addTo(WebServerConfig.Builder server) {
        server.addRouting(GrpcRouting.builder()
                        .service(PushOuterClass.getDescriptor(), (BindableService) GrpcServices::described)
                        .service(HealthProto.getDescriptor(), health))
                .addFeature(GrpcReflectionFeature.create(reflection -> reflection.enabled(true)));
    }

    /**
     * Describes the service for reflection. Its method would serve only connections that were upgraded from HTTP/1.1,
     * and the gate upgrades none.
     */
    private static ServerServiceDefinition described() {
        return ServerServiceDefinition.builder(PushGrpc.getServiceDescriptor())
                .addMethod(PushGrpc.getSubscribePushMethod(), (call, headers) -> {
                    Status status = Status.UNIMPLEMENTED.withDescription(
                            "this method requires HTTP/2 from the start of the connection");
                    call.close(status, new Metadata());
                    return new ServerCall.Listener<>() {};
                })
                .build();
    }
}
