package push.transport;

import access.Access;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http2.Http2Config;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import limits.RequestBudget;
import org.jspecify.annotations.Nullable;
import push.engine.Hub;
import push.engine.WireFormat;
import push.transport.gate.AcceptedSockets;
import push.transport.gate.Admission;
import push.transport.gate.AdmittingSockets;
import push.transport.gate.BufferPool;
import push.transport.gate.Cause;
import push.transport.gate.Frames;
import push.transport.gate.Gate;
import push.transport.gate.GateRuntime;
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

    /** The number of DATA frames that Helidon may write on a connection: half of what its semaphore can count. */
    static final long DEFAULT_MAX_FRAMES = 1L << 29;

    private static final WireFormat WIRE_FORMAT = new EventEncoder();

    private final GateRuntime runtime;
    private final StreamParts parts;
    private final CallGuard guard;
    private final StreamSupervisor supervisor;
    private final SocketPoller poller = new SocketPoller();
    private final long maxFrames;
    private final HealthReports health;
    private final PeerErrors peerErrors;
    private volatile @Nullable Admission admission;

    /**
     * Creates a transport, which must then be added to a server.
     *
     * @param hub a hub that was built with {@link #wireFormat}
     * @param access decides which gRPC calls are let in, health and reflection included
     * @param budget the memory budget for requests and for the interests of subscriptions
     * @throws IllegalArgumentException if the hub has another wire format
     */
    public PushTransport(
            Hub hub,
            Access access,
            StreamLimits limits,
            TransportObserver observer,
            DeliveryTracer tracer,
            RequestBudget budget) {
        this(hub, access, limits, observer, tracer, budget, DEFAULT_MAX_FRAMES, GateRuntime.system());
    }

    /** For tests, with their own clocks, and with connections that are exhausted after {@code maxFrames} frames. */
    PushTransport(
            Hub hub,
            Access access,
            StreamLimits limits,
            TransportObserver observer,
            DeliveryTracer tracer,
            RequestBudget budget,
            long maxFrames,
            GateRuntime runtime) {
        if (hub.wireFormat() != WIRE_FORMAT) {
            throw new IllegalArgumentException("the wire format of the hub must be PushTransport.wireFormat(), but was "
                    + hub.wireFormat().getClass().getName());
        }
        this.guard = new CallGuard(access);
        this.maxFrames = maxFrames;
        this.runtime = runtime;
        this.supervisor = new StreamSupervisor(limits.keepalive(), runtime);
        BufferPool buffers = new BufferPool(Frames.BUFFER_BYTES, SPARE_BUFFERS);
        ThreadLocal<SharedFrames> frames = ThreadLocal.withInitial(SharedFrames::new);
        this.parts = new StreamParts(hub, budget, limits, supervisor, observer, tracer, buffers, frames);
        this.peerErrors = new PeerErrors(cause -> observer.connectionEnded(cause.label()));
        this.health = new HealthReports(hub);
        health.update();
    }

    /** Returns the wire format of this transport. A hub must be built with it before a transport can serve the hub. */
    public static WireFormat wireFormat() {
        return WIRE_FORMAT;
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
        GrpcServices services = new GrpcServices(parts, guard, health.service());
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
        supervisor.every(admitting::check);
        Gate gate = new Gate(
                http1,
                options.readTimeout(),
                services.selector(http2),
                supervisor,
                sockets,
                poller,
                Http2Limits.DEFAULT.atMost(http2.maxConcurrentStreams(), http2.maxHeaderListSize()),
                maxFrames,
                peerErrors,
                runtime,
                admitting::identified);
        server.protocolsDiscoverServices(false)
                .addConnectionSelector(gate)
                // For connections that are not written through their channel: an NIO socket would copy the bytes once
                // more, in pieces of 8 KiB.
                .useNio(false)
                .maxTcpConnections(-1)
                .connectionOptions(new AdmittingSockets(sockets, admitting));
        services.addTo(server);
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
        health.update();
    }

    /** Reports over gRPC health that no new call is served. Open calls continue. Idempotent. */
    public void retire() {
        health.retire();
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
