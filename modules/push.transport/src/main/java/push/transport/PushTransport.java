package push.transport;

import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.health.v1.HealthProto;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.grpc.GrpcConfig;
import io.helidon.webserver.grpc.GrpcProtocolSelector;
import io.helidon.webserver.grpc.GrpcReflectionFeature;
import io.helidon.webserver.grpc.GrpcRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.http2.Http2ConnectionSelector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import limits.RequestBudget;
import org.jspecify.annotations.Nullable;
import push.engine.Hub;
import push.protocol.v1.PushGrpc;
import push.protocol.v1.PushOuterClass;
import push.transport.gate.AcceptedSockets;
import push.transport.gate.Admission;
import push.transport.gate.AdmittingSockets;
import push.transport.gate.BufferPool;
import push.transport.gate.Cause;
import push.transport.gate.FlowControlTap;
import push.transport.gate.Frames;
import push.transport.gate.Gate;
import push.transport.gate.Http2Limits;
import push.transport.gate.PeerErrors;
import push.transport.gate.SocketPoller;
import push.transport.gate.StreamSupervisor;
import push.transport.gate.VirtualIo;

/**
 * Serves a hub's subscriptions as {@code push.v1.Push/SubscribePush}, together with gRPC health and server reflection.
 */
public final class PushTransport implements AutoCloseable {

    /**
     * The number of unused buffers to keep. It exceeds the number of processors, because a stream that is stuck in a
     * write also holds a buffer.
     */
    private static final int SPARE_BUFFERS = 16;

    /**
     * The receive window in Helidon, in bytes: so small that Helidon reports each frame of a body that a handler takes.
     */
    private static final int HELIDON_STREAM_WINDOW = 65_535;

    /** The number of DATA frames that Helidon may write on a connection: half of what its semaphore can count. */
    static final long DEFAULT_MAX_FRAMES = 1L << 29;

    /** How long to wait until a change of health is reported. A slower report continues in the background. */
    private static final Duration HEALTH_TIMEOUT = Duration.ofSeconds(1);

    private final StreamParts parts;
    private final StreamSupervisor supervisor;
    private final SocketPoller poller = new SocketPoller();
    private final long maxFrames;
    private final HealthStatusManager health = new HealthStatusManager();
    private final AtomicBoolean retired = new AtomicBoolean();
    private final PeerErrors peerErrors;
    private volatile @Nullable Admission admission;

    /**
     * Creates a transport, which must then be added to a server.
     *
     * @param budget the memory budget for requests and for the interests of subscriptions
     */
    public PushTransport(
            Hub hub, StreamLimits limits, TransportObserver observer, DeliveryTracer tracer, RequestBudget budget) {
        this(hub, limits, observer, tracer, budget, DEFAULT_MAX_FRAMES);
    }

    /** For tests: connections wear out after {@code maxFrames} DATA frames. */
    PushTransport(
            Hub hub,
            StreamLimits limits,
            TransportObserver observer,
            DeliveryTracer tracer,
            RequestBudget budget,
            long maxFrames) {
        this.maxFrames = maxFrames;
        this.supervisor = new StreamSupervisor(limits.keepalive());
        BufferPool buffers = new BufferPool(Frames.BUFFER_BYTES, SPARE_BUFFERS);
        ThreadLocal<SharedFrames> frames = ThreadLocal.withInitial(SharedFrames::new);
        this.parts =
                new StreamParts(hub, budget, limits, new EventEncoder(), supervisor, observer, tracer, buffers, frames);
        this.peerErrors = new PeerErrors(cause -> observer.connectionEnded(cause.label()));
        tellHealth();
    }

    /** All causes that {@link TransportObserver#connectionEnded} may be called with. */
    public static List<String> connectionCauses() {
        return Stream.of(Cause.values()).map(Cause::label).toList();
    }

    /**
     * The address of an open connection's peer, without the port; null if the address is not known.
     *
     * @param channel the identity hash code of the connection's channel, which identifies it in the web server's log
     */
    public @Nullable String addressOf(int channel) {
        Admission known = admission;
        return known == null ? null : known.addressOf(channel);
    }

    /** As {@link #addTo(WebServerConfig.Builder, Http1Config, Http2Config)}, with only the gate's own limits. */
    public void addTo(WebServerConfig.Builder server) {
        addTo(server, http1Defaults().build(), http2Defaults().build());
    }

    /** HTTP/2 settings that add no limits to those of the gate. */
    public static Http2Config.Builder http2Defaults() {
        return Http2Config.builder().maxConcurrentStreams(Integer.MAX_VALUE).maxHeaderListSize(Integer.MAX_VALUE);
    }

    /** HTTP/1 settings that add no limits to those of the gate. */
    public static Http1Config.Builder http1Defaults() {
        return Http1Config.builder().maxPrologueLength(Integer.MAX_VALUE).maxHeadersSize(Integer.MAX_VALUE);
    }

    /**
     * Adds the services to a server, and the settings that long streams of small messages need. The gate then handles
     * all connections, including those over HTTP/1. Any {@code max-tcp-connections} must be set on the builder before
     * this call. The transport enforces that limit by refusing further connections, because Helidon itself would stop
     * accepting connections, including those of health checks.
     *
     * @param http1 Helidon's settings for HTTP/1; where they and the gate both set a limit, the smaller one applies
     * @param http2 Helidon's settings for HTTP/2, likewise: the number of concurrent streams, the size of a header
     *     list, and how long a handler waits for a flow-control window
     */
    public void addTo(WebServerConfig.Builder server, Http1Config http1, Http2Config http2) {
        // With compression, each stream would compress each event again.
        GrpcConfig grpc = GrpcConfig.builder().enableCompression(false).build();
        Http2ConnectionSelector served = Http2ConnectionSelector.builder()
                .http2Config(behindTheGate(http2))
                .addSubProtocolSelector(new FlowControlTap())
                .addSubProtocolSelector(new PushProtocol(parts)) // before gRPC, which would accept its streams
                .addSubProtocolSelector(new OtherCalls(
                        GrpcProtocolSelector.create(grpc),
                        HealthGrpc.getServiceDescriptor(),
                        ServerReflectionGrpc.getServiceDescriptor(),
                        io.grpc.reflection.v1alpha.ServerReflectionGrpc.getServiceDescriptor()))
                .build();
        SocketOptions options = server.connectionOptions()
                .map(configured -> SocketOptions.builder().from(configured))
                .orElseGet(SocketOptions::builder)
                .tcpNoDelay(true)
                .socketKeepAlive(true)
                .socketSendBufferSize(Gate.SEND_BUFFER_BYTES)
                .build();
        AcceptedSockets sockets = new AcceptedSockets(options);
        VirtualIo.prepare();
        Admission admitting = new Admission(server.maxTcpConnections(), peerErrors, supervisor::nanoTime);
        admission = admitting;
        supervisor.every(admitting::look);
        Gate gate = new Gate(
                http1,
                options.readTimeout(),
                served,
                supervisor,
                sockets,
                poller,
                Http2Limits.DEFAULT.atMost(http2.maxConcurrentStreams(), http2.maxHeaderListSize()),
                maxFrames,
                peerErrors,
                admitting::identified);
        server.protocolsDiscoverServices(false)
                .addConnectionSelector(gate)
                // For connections that are not written through their channel: an NIO socket would copy the bytes once
                // more, in pieces of 8 KiB.
                .useNio(false)
                .maxTcpConnections(-1)
                .connectionOptions(new AdmittingSockets(sockets, admitting))
                .addRouting(GrpcRouting.builder()
                        .service(PushOuterClass.getDescriptor(), (BindableService) PushTransport::described)
                        .service(HealthProto.getDescriptor(), health.getHealthService()))
                .addFeature(GrpcReflectionFeature.create(reflection -> reflection.enabled(true)));
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

    /**
     * Describes the service for reflection. Its method would serve only connections that were upgraded from HTTP/1.1,
     * and the gate upgrades none.
     */
    private static ServerServiceDefinition described() {
        return ServerServiceDefinition.builder(PushGrpc.getServiceDescriptor())
                .addMethod(PushGrpc.getSubscribePushMethod(), (call, headers) -> {
                    Status status = Status.UNIMPLEMENTED.withDescription("HTTP/2 is needed from the first byte on");
                    call.close(status, new Metadata());
                    return new ServerCall.Listener<>() {};
                })
                .build();
    }

    /** The number of {@code SubscribePush} calls that have not ended. */
    int calls() {
        return supervisor.streams();
    }

    /** The number of deadlines that have not passed. */
    int timers() {
        return supervisor.timers();
    }

    /** The number of open HTTP/2 connections. */
    int connections() {
        return supervisor.connections();
    }

    /**
     * Reports over gRPC health whether the hub accepts subscriptions. Must be called when that has changed, unless this
     * transport is closed.
     */
    public void tellHealth() {
        tell(() -> {
            ServingStatus status = parts.hub().accepting() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
            health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
            health.setStatus(PushGrpc.SERVICE_NAME, status);
        });
    }

    /** Reports over gRPC health that no new call is served. Open calls continue. Idempotent. */
    public void retire() {
        if (retired.compareAndSet(false, true)) {
            tell(health::enterTerminalState); // which logs a warning when it is called twice
        }
    }

    /**
     * Reports on a separate thread. The health service writes to its watchers under one lock, so a watcher that does
     * not read blocks every other one until its connection is cut.
     */
    private static void tell(Runnable health) {
        Thread teller = Thread.ofVirtual().name("push-health").start(health);
        try {
            boolean _ = teller.join(HEALTH_TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Retires the transport. Then waits, for at most a second, until the streams that the closed hub has ended have
     * written their status, and until the gateways have read what was written to them. Idempotent.
     *
     * @param atMost the longest time to wait in all; at least a second is allowed
     */
    public void close(Duration atMost) {
        retire();
        supervisor.close(atMost);
        poller.close();
    }

    /** As {@link #close(Duration)}, within a second. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }
}
