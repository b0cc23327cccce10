package push.transport;

import io.grpc.ManagedChannel;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import push.engine.EngineRuntime;
import push.engine.Hub;
import push.engine.HubConfig;
import push.engine.HubObserver;
import testing.ForeignGateway;

/** A hub with its transport on a free port of this machine, and gateways that are not ours. */
final class TestHub implements AutoCloseable {

    final Hub hub;
    private final PushTransport transport;
    private final WebServer server;
    private final List<ManagedChannel> channels = new ArrayList<>();

    TestHub(HubConfig config, Duration stallTimeout) {
        this.hub = Hub.open(config, "memory", EngineRuntime.system(), HubObserver.none());
        this.transport =
                new PushTransport(hub, new StreamLimits(stallTimeout, Duration.ofMinutes(1)), TransportObserver.none());
        WebServerConfig.Builder builder =
                WebServer.builder().host("127.0.0.1").port(0).shutdownHook(false);
        transport.addTo(builder);
        this.server = builder.build().start();
    }

    int port() {
        return server.port();
    }

    int calls() {
        return transport.calls();
    }

    /** A connection of its own. */
    ManagedChannel channel() {
        ManagedChannel channel = ForeignGateway.connect(server.port());
        channels.add(channel);
        return channel;
    }

    @Override
    public void close() {
        hub.close();
        transport.close();
        channels.forEach(ManagedChannel::shutdownNow);
        server.stop();
    }
}
