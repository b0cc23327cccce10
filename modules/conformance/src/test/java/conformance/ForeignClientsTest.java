package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;

import conformance.hostile.Http1Peer;
import io.grpc.ManagedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import testing.ForeignGateway;
import testing.FreePort;

/** Third-party clients and proxies work with the hub in their default configuration, and keep its promises. */
class ForeignClientsTest {

    private static final String USER = UUID.randomUUID().toString();

    private static HubProcess hub;

    @BeforeAll
    static void start() throws Exception {
        Foreign.install();
        hub = HubProcess.start("push: {}");
    }

    @AfterAll
    static void stop() {
        hub.close();
    }

    /** Gateways on third-party libraries. */
    enum Client {
        GRPCIO {
            @Override
            Foreign start(int port, String id, String cursor, int count) throws Exception {
                return Foreign.python(port, id, cursor, count);
            }
        },
        GRPC_JS {
            @Override
            Foreign start(int port, String id, String cursor, int count) throws Exception {
                return Foreign.grpcJs(port, id, cursor, count);
            }
        };

        abstract Foreign start(int port, String id, String cursor, int count) throws Exception;
    }

    /** Checks and watches health, subscribes, gets events, and resumes with a cursor to get the missed ones. */
    private static void subscribesAndComesBack(Client client, int port) throws Exception {
        String id = client + "-" + port;
        List<String> cursors = new ArrayList<>();
        try (Foreign first = client.start(port, id, "", 3)) {
            first.await("subscribed");
            cursors.addAll(publish(3));
            assertThat(first.finish("cursor"), is(cursors));
            first.await("health");
            first.await("watch");
        }
        List<String> missed = publish(4);
        try (Foreign second = client.start(port, id, cursors.getLast(), 5)) {
            second.await("subscribed");
            missed.addAll(publish(1));
            assertThat(second.finish("cursor"), is(missed));
        }
    }

    private static List<String> publish(int events) throws Exception {
        List<String> cursors = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            cursors.add(hub.api().notify(USER, "foreign", "{\"n\":" + i + "}"));
        }
        return cursors;
    }

    @ParameterizedTest
    @EnumSource
    void connectDirectly(Client client) throws Exception {
        subscribesAndComesBack(client, hub.port());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 64, 1_024, 4_096, 65_536})
    void nodeWithACustomHeaderTableSize(int headerTableSize) throws Exception {
        try (Foreign gateway = Foreign.nodeHttp2(hub.port(), "table-" + headerTableSize, 1, headerTableSize)) {
            gateway.await("subscribed");
            publish(1);
            assertThat(gateway.finish("bytes"), hasSize(1));
        }
    }

    private static String nginx(int port, int grpcPort) {
        String temp = System.getProperty("java.io.tmpdir");
        boolean root = "root".equals(System.getProperty("user.name"));
        return """
                daemon off;
                worker_processes 1;
                %s
                pid %s/push-nginx-%s.pid;
                error_log stderr;
                events { worker_connections 512; }
                http {
                  access_log off;
                  client_body_temp_path %2$s/push-nginx-%3$s; proxy_temp_path %2$s/push-nginx-%3$s;
                  fastcgi_temp_path %2$s/push-nginx-%3$s; uwsgi_temp_path %2$s/push-nginx-%3$s;
                  scgi_temp_path %2$s/push-nginx-%3$s;
                  server { listen 127.0.0.1:%3$s; location / { proxy_pass http://127.0.0.1:%4$s; } }
                  server { listen 127.0.0.1:%5$s http2; location / { grpc_pass grpc://127.0.0.1:%4$s; } }
                }
                """.formatted(root ? "user root;" : "", temp, port, hub.port(), grpcPort);
    }

    @Test
    void nginxWithItsDefaults() throws Exception {
        int http = FreePort.any();
        int grpc = FreePort.any();
        try (Foreign _ = Foreign.proxy("nginx", http, nginx(http, grpc), "-e", "stderr", "-c", "CONFIGURATION")) {
            callsOverHttp(http);
            subscribesThrough(grpc);
        }
    }

    /** By default nginx speaks HTTP/1.0 to the hub. */
    private static void callsOverHttp(int port) throws Exception {
        try (HubApi api = new HubApi(port)) {
            assertThat(api.call("GET", "/observe/health/ready", "").status(), is(200));
            for (int i = 0; i < 10; i++) {
                api.notify(USER, "through", "{\"filler\":\"" + "x".repeat(50_000) + "\"}");
            }
            HubApi.Answer session = api.call("POST", "/api/v1/sessions", "{\"user_id\":\"" + USER + "\"}");
            assertThat(session.body(), session.status(), is(201));
            String path = "/api/v1/sessions/"
                    + session.json().path("device_session_id").asString();
            assertThat(api.call("DELETE", path + "?reason=test", "").status(), is(204));
            assertThat(api.call("GET", path, "").json().path("reason").asString(), is("test"));
            assertThat(api.call("GET", "/observe/metrics", "").status(), is(200));
            assertThat(api.call("GET", "/none", "").status(), is(404));
        }
    }

    private static void subscribesThrough(int port) throws Exception {
        var channel = ForeignGateway.connect(port);
        try {
            ForeignGateway gateway = new ForeignGateway(channel, ForeignGateway.request("java-" + port, ""))
                    .subscribed()
                    .readingAll();
            for (String cursor : publish(3)) {
                assertThat(gateway.next().getCursor(), is(cursor));
            }
        } finally {
            channel.shutdownNow();
        }
        for (Client client : Client.values()) {
            subscribesAndComesBack(client, port);
        }
    }

    private static String haproxy(String reuse, int http2, int http1) {
        return """
                defaults
                  mode http
                  %s
                  timeout connect 5s
                  timeout client 60s
                  timeout server 60s
                frontend gateways
                  bind 127.0.0.1:%s proto h2
                  default_backend hub
                frontend callers
                  bind 127.0.0.1:%s
                  default_backend hub
                backend hub
                  server hub 127.0.0.1:%s proto h2
                """.formatted(reuse, http2, http1, hub.port());
    }

    /** With and without shared connections to the hub. */
    @ParameterizedTest
    @ValueSource(strings = {"", "http-reuse always"})
    void haproxyWithItsDefaults(String reuse) throws Exception {
        int http2 = FreePort.any();
        int http1 = FreePort.any();
        try (Foreign _ = Foreign.proxy("haproxy", http2, haproxy(reuse, http2, http1), "-db", "-f", "CONFIGURATION")) {
            callsOverHttp(http1);
            subscribesThrough(http2);
            unusualCallsEndNoStreamOfAGateway(http2, http1);
        }
    }

    private static void unusualCallsEndNoStreamOfAGateway(int http2, int http1) throws Exception {
        List<ManagedChannel> channels = new ArrayList<>();
        try (HubApi api = new HubApi(http1)) {
            List<ForeignGateway> gateways = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                channels.add(ForeignGateway.connect(http2));
                gateways.add(
                        new ForeignGateway(channels.getLast(), ForeignGateway.request("shared-" + http2 + "-" + i, ""))
                                .subscribed()
                                .readingAll());
            }
            for (String target : List.of("/none", "/a%7Cb", "/api//v1", "/api/v1/push/status;a=b", "/a?b=%7B")) {
                api.call("GET", target, "");
            }
            Http1Peer.exchange(
                    http1, "GET /api/v1/users/a|b/sessions HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
            for (String cursor : publish(2)) {
                for (ForeignGateway gateway : gateways) {
                    assertThat(gateway.next().getCursor(), is(cursor));
                }
            }
        } finally {
            channels.forEach(ManagedChannel::shutdownNow);
        }
    }
}
