package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import push.engine.HubConfig;
import push.protocol.v1.PushEvent;
import push.protocol.v1.Start;
import testing.Await;
import testing.LiveThreads;

/** Push streams work over TLS as they do without it, although every write to a TLS socket blocks. */
class TlsTest {

    private static final UUID USER = new UUID(1, 1);
    private static final int WIDE = 1 << 30;
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final StreamLimits IMPATIENT = new StreamLimits(Duration.ofMillis(500), Duration.ofMinutes(1));

    private static SSLContext context;

    private final TestHub server = hub(StreamLimits.defaults());

    @BeforeAll
    static void certify(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("keys.p12");
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String[] command = {
            keytool,
            "-genkeypair",
            "-alias",
            "hub",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-storetype",
            "PKCS12",
            "-storepass",
            new String(PASSWORD),
            "-keystore",
            file.toString()
        };
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor(), is(0));
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    }

    private static TestHub hub(StreamLimits limits) {
        Tls tls = Tls.builder().sslContext(context).build();
        return new TestHub(HubConfig.defaults(), limits, settings -> settings.tls(tls));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private RawGateway gateway(Socket plain) throws IOException {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2"});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return new RawGateway(socket, RawGateway.INITIAL_WINDOW_SIZE, WIDE).grant(0, WIDE);
    }

    private void publish(String reason) {
        publish(server, reason);
    }

    private static void publish(TestHub to, String reason) {
        to.hub.publisher().invalidate(USER, null, reason, "");
    }

    @Test
    void allEventsArriveInOrder() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<String> published = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            published.add(i + "x".repeat(random.nextInt(40_000)));
        }
        try (RawGateway gateway = gateway(RawGateway.connect(server.port())).subscribed("g")) {
            Thread publisher = Thread.ofVirtual().start(() -> published.forEach(this::publish));
            while (gateway.answer(1).whole() < published.size()) {
                gateway.read();
            }
            publisher.join();
            List<String> received = gateway.answer(1).messages().stream()
                    .map(PushEvent::getSessionInvalidation)
                    .map(invalidation -> invalidation.getReason())
                    .toList();
            assertThat("seed " + seed, received.equals(published), is(true));
        }
    }

    @Test
    void readersThatReadNothingAreDisconnectedAndOthersStillServed() throws Exception {
        try (TestHub impatient = hub(IMPATIENT);
                Socket first = RawGateway.connect(impatient.port());
                Socket second = RawGateway.connect(impatient.port())) {
            for (int i = 0; i < 16; i++) {
                publish(impatient, "x".repeat(1 << 20)); // together more than the buffers in between hold
            }
            gateway(first)
                    .subscribe(
                            1,
                            RawGateway.request("a").toBuilder()
                                    .setStart(Start.START_EARLIEST)
                                    .build());
            gateway(second)
                    .subscribe(
                            1,
                            RawGateway.request("b").toBuilder()
                                    .setStart(Start.START_EARLIEST)
                                    .build());
            Await.until(
                    "both are subscribed",
                    Duration.ofSeconds(5),
                    () -> impatient.hub.status().subscribers() == 2);
            Await.until("both are cut", Duration.ofSeconds(10), () -> impatient.connections() == 0);
            impatient.awaitEnds("UNAVAILABLE", "UNAVAILABLE");
            awaitNoWriter();
        }
    }

    @Test
    void aReaderThatLeavesDuringABlockedWriteIsRemoved() throws Exception {
        for (int i = 0; i < 16; i++) {
            publish("x".repeat(1 << 20));
        }
        try (Socket plain = RawGateway.connect(server.port())) {
            gateway(plain)
                    .subscribe(
                            1,
                            RawGateway.request("g").toBuilder()
                                    .setStart(Start.START_EARLIEST)
                                    .build());
            Await.until(
                    "the gateway is subscribed",
                    Duration.ofSeconds(5),
                    () -> server.hub.status().subscribers() == 1);
            plain.shutdownOutput();
            Await.until("the connection is removed", Duration.ofSeconds(5), () -> server.connections() == 0);
            server.awaitNothingLeft();
            awaitNoWriter();
        }
    }

    private static void awaitNoWriter() throws Exception {
        Await.until("no thread is blocked in a write", Duration.ofSeconds(5), () -> {
            List<String> names = LiveThreads.names();
            return names.stream().noneMatch(name -> name.contains("] - "));
        });
    }
}
