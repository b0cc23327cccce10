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
 * Serves a hub's subscriptions as {@code push.v1.Push/SubscribePush}, with gRPC health and server
 * reflection beside it.
 */
public final class PushTransport implements AutoCloseable {

    /** More than there are processors: the number of streams that write at once, or are stuck in a write. */
    private static final int SPARE_BUFFERS = 16;

    /** So small that Helidon tells of each frame of a body that a handler takes: the gate has to know. */
    private static final int HELIDON_STREAM_WINDOW = 65_535;

    /** How many DATA frames Helidon may write on a connection: half of what its semaphore can count. */
    static final long DEFAULT_MAX_FRAMES = 1L << 29;

    /** How long a change of health is waited for. It is told later, if it takes longer. */
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
     * Has yet to be added to a server.
     *
     * @param budget where room for requests is acquired, and for the interests of subscriptions
     */
    public PushTransport(
            Hub hub, StreamLimits limits, TransportObserver observer, DeliveryTracer tracer, RequestBudget budget) {
        this(hub, limits, observer, tracer, budget, DEFAULT_MAX_FRAMES);
    }

    /** Of connections that wear out earlier than they need to, for tests. */
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

    /** Why connections are ended because of their peers, as {@link TransportObserver#connectionEnded} is told. */
    public static List<String> connectionCauses() {
        return Stream.of(Cause.values()).map(Cause::label).toList();
    }

    /**
     * The peer's address of an open connection, without the port; null when it is not known.
     *
     * @param channel the identity hash code of the connection's channel, by which the web server names it in its log
     */
    public @Nullable String addressOf(int channel) {
        Admission known = admission;
        return known == null ? null : known.addressOf(channel);
    }

    /** As {@link #addTo(WebServerConfig.Builder, Http1Config, Http2Config)}, with the gate's own limits alone. */
    public void addTo(WebServerConfig.Builder server) {
        addTo(server, http1Defaults().build(), http2Defaults().build());
    }

    /** Settings for HTTP/2 that set no limits beside those of the gate. */
    public static Http2Config.Builder http2Defaults() {
        return Http2Config.builder().maxConcurrentStreams(Integer.MAX_VALUE).maxHeaderListSize(Integer.MAX_VALUE);
    }

    /** Settings for HTTP/1 that set no limits beside those of the gate. */
    public static Http1Config.Builder http1Defaults() {
        return Http1Config.builder().maxPrologueLength(Integer.MAX_VALUE).maxHeadersSize(Integer.MAX_VALUE);
    }

    /**
     * Adds the services, and the settings that long streams of small messages need. The gate then takes all
     * connections, those over HTTP/1 too. Any {@code max-tcp-connections} must be set on the builder before. The
     * transport enforces that limit by refusing connections beyond it, because Helidon itself would stop accepting,
     * health checks included.
     *
     * @param http1 Helidon's settings for HTTP/1; the smaller of its limits and the gate's hold
     * @param http2 likewise for HTTP/2: how many streams there may be at once, how large a header list may be, and how
     *     long a handler waits for a window
     */
    public void addTo(WebServerConfig.Builder server, Http1Config http1, Http2Config http2) {
        // Each stream would compress each event anew.
        GrpcConfig grpc = GrpcConfig.builder().enableCompression(false).build();
        Http2ConnectionSelector served = Http2ConnectionSelector.builder()
                .http2Config(behindTheGate(http2))
                .addSubProtocolSelector(new FlowControlTap())
                .addSubProtocolSelector(new PushProtocol(parts)) // before gRPC: gRPC would take its streams
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
                // For what does not go by the channel itself: an NIO socket would copy what is written once more, in
                // pieces of 8 KiB.
                .useNio(false)
                .maxTcpConnections(-1)
                .connectionOptions(new AdmittingSockets(sockets, admitting))
                .addRouting(GrpcRouting.builder()
                        .service(PushOuterClass.getDescriptor(), (BindableService) PushTransport::described)
                        .service(HealthProto.getDescriptor(), health.getHealthService()))
                .addFeature(GrpcReflectionFeature.create(reflection -> reflection.enabled(true)));
    }

    /**
     * The gate has limits of its own, and lets through only what keeps to them: Helidon's must not end a connection.
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

    /** For reflection, and for connections that were upgraded from HTTP/1.1, which gRPC does not do. */
    private static ServerServiceDefinition described() {
        return ServerServiceDefinition.builder(PushGrpc.getServiceDescriptor())
                .addMethod(PushGrpc.getSubscribePushMethod(), (call, headers) -> {
                    Status status = Status.UNIMPLEMENTED.withDescription("HTTP/2 is needed from the first byte on");
                    call.close(status, new Metadata());
                    return new ServerCall.Listener<>() {};
                })
                .build();
    }

    /** How many calls there are that have not ended. */
    int calls() {
        return supervisor.streams();
    }

    /** How many deadlines have not passed. */
    int timers() {
        return supervisor.timers();
    }

    /** How many connections there are. */
    int connections() {
        return supervisor.connections();
    }

    /**
     * Says over gRPC health whether the hub takes subscriptions. To be called when that has changed, unless it has been
     * closed.
     */
    public void tellHealth() {
        ServingStatus status = parts.hub().accepting() ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
        tell(() -> {
            health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, status);
            health.setStatus(PushGrpc.SERVICE_NAME, status);
        });
    }

    /** Says over gRPC health that no call is served any more. Those that there are go on. Idempotent. */
    public void retire() {
        if (retired.compareAndSet(false, true)) {
            tell(health::enterTerminalState); // which complains of a second time
        }
    }

    /**
     * The health service writes to its watchers under one lock, so a watcher that does not read holds up everybody until
     * its connection is cut.
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
     * Retires, and gives the streams, which the closed hub has ended, a second to tell their gateways, and these the
     * time to read what was written to them. Idempotent.
     *
     * @param atMost how long that may take, if it is more than the second
     */
    public void close(Duration atMost) {
        retire();
        supervisor.close(atMost);
        poller.close();
    }

    /** As {@link #close(Duration)}, within the second. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }
}
