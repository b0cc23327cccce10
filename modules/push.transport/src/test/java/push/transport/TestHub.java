package push.transport;

import access.Access;
import io.grpc.ManagedChannel;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import limits.RequestBudget;
import org.jspecify.annotations.Nullable;
import push.engine.Hub;
import push.engine.HubConfig;
import push.engine.HubObserver;
import push.engine.Subscription;
import push.transport.gate.GateRuntime;
import testing.Await;
import testing.ForeignGateway;

/** A hub with its transport on a free port of this machine, and gateways on foreign clients. */
final class TestHub implements AutoCloseable {

    final Hub hub;
    final Ends ends = new Ends();
    final RequestBudget budget = RequestBudget.of(32 << 20);
    private final PushTransport transport;
    private final WebServer server;
    private final List<ManagedChannel> channels = new ArrayList<>();
    private volatile @Nullable Subscription lastOpened;

    TestHub(HubConfig config, Duration stallTimeout) {
        this(config, new StreamLimits(stallTimeout, Duration.ofMinutes(1)), _ -> {});
    }

    TestHub(HubConfig config, StreamLimits limits, Consumer<WebServerConfig.Builder> settings) {
        this(config, limits, PushTransport.DEFAULT_MAX_FRAMES, DeliveryTracer.none(), settings, GateRuntime.system());
    }

    /** A hub whose limits use clocks that the test advances. */
    TestHub(StreamLimits limits, GateRuntime runtime) {
        this(HubConfig.defaults(), limits, PushTransport.DEFAULT_MAX_FRAMES, DeliveryTracer.none(), _ -> {}, runtime);
    }

    /** A hub whose connections are exhausted after this many DATA frames. */
    TestHub(long maxFrames) {
        this(
                HubConfig.defaults(),
                StreamLimits.defaults(),
                maxFrames,
                DeliveryTracer.none(),
                _ -> {},
                GateRuntime.system());
    }

    /** A hub with this access policy. */
    TestHub(Access access) {
        this(
                HubConfig.defaults(),
                access,
                StreamLimits.defaults(),
                PushTransport.DEFAULT_MAX_FRAMES,
                DeliveryTracer.none(),
                _ -> {},
                GateRuntime.system());
    }

    /** A hub whose deliveries are traced. */
    TestHub(DeliveryTracer tracer) {
        this(
                HubConfig.defaults(),
                StreamLimits.defaults(),
                PushTransport.DEFAULT_MAX_FRAMES,
                tracer,
                _ -> {},
                GateRuntime.system());
    }

    private TestHub(
            HubConfig config,
            StreamLimits limits,
            long maxFrames,
            DeliveryTracer tracer,
            Consumer<WebServerConfig.Builder> settings,
            GateRuntime runtime) {
        this(config, Access.everybody(), limits, maxFrames, tracer, settings, runtime);
    }

    private TestHub(
            HubConfig config,
            Access access,
            StreamLimits limits,
            long maxFrames,
            DeliveryTracer tracer,
            Consumer<WebServerConfig.Builder> settings,
            GateRuntime runtime) {
        this.hub = Hub.builder(config)
                .observe(new HubObserver() {
                    @Override
                    public void opened(Subscription subscription) {
                        lastOpened = subscription;
                    }
                })
                .wireFormat(PushTransport.wireFormat())
                .open();
        this.transport = new PushTransport(hub, access, limits, ends, tracer, budget, maxFrames, runtime);
        WebServerConfig.Builder builder =
                WebServer.builder().host("127.0.0.1").port(0).shutdownHook(false);
        settings.accept(builder);
        transport.addTo(builder);
        builder.connectionOptions(new NarrowSockets(builder.connectionOptions().orElseThrow()));
        this.server = builder.build().start();
    }

    int port() {
        return server.port();
    }

    int calls() {
        return transport.calls();
    }

    int connections() {
        return transport.connections();
    }

    /** The subscription that was opened last. */
    Subscription lastOpened() {
        return Objects.requireNonNull(lastOpened);
    }

    /** The number of pending deadlines. */
    int timers() {
        return transport.timers();
    }

    /** Waits until no call and no subscription is left. */
    void awaitNothingLeft() throws Exception {
        Await.until("nothing is left", Duration.ofSeconds(10), this::isNothingLeft);
    }

    /** Waits until exactly these ends have been counted. */
    void awaitEnds(String... statuses) throws Exception {
        Await.until(
                "all ends are counted",
                Duration.ofSeconds(10),
                () -> ends.statuses().equals(List.of(statuses)));
    }

    private boolean isNothingLeft() {
        return calls() == 0 && hub.status().subscribers() == 0;
    }

    /** A new connection. */
    ManagedChannel channel() {
        return kept(ForeignGateway.connect(server.port()));
    }

    /** A new connection, with windows of {@code window} bytes. */
    ManagedChannel channel(int window) {
        return kept(ForeignGateway.connect(server.port(), window));
    }

    private ManagedChannel kept(ManagedChannel channel) {
        channels.add(channel);
        return channel;
    }

    void retire() {
        transport.retire();
    }

    /** Stops the hub as on SIGTERM, without the server's own stop, which would cut the remaining streams. */
    void stopGently() {
        retire();
        hub.drain(Duration.ofSeconds(20));
        transport.close(Duration.ofHours(1));
    }

    @Override
    public void close() {
        hub.close();
        transport.close();
        channels.forEach(ManagedChannel::shutdownNow);
        server.stop();
    }

    /** The statuses of the streams that have ended. */
    static final class Ends implements TransportObserver {

        private final Queue<String> statuses = new ConcurrentLinkedQueue<>();
        private final AtomicInteger batches = new AtomicInteger();
        private volatile boolean broken;

        void failWhenWritten() {
            broken = true;
        }

        @Override
        public void wrote(long appendedNanos) {
            batches.incrementAndGet();
            if (broken) {
                throw new IllegalStateException("a failing observer");
            }
        }

        @Override
        public void ended(String status) {
            statuses.add(status);
        }

        /** The number of written batches of events. */
        int batches() {
            return batches.get();
        }

        List<String> statuses() {
            return List.copyOf(statuses);
        }
    }
}
