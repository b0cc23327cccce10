package push.gateway;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static push.gateway.Events.event;

import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.shaded.io.netty.handler.ssl.ClientAuth;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import testing.Certificates;

/** Which certificates a client accepts, and how it reports the others. */
@Timeout(60)
class ClientTlsTest {

    private static final String HERE = "dns:localhost,ip:127.0.0.1";

    @TempDir
    private static Path folder;

    private static Certificates authority;
    private static Certificates.Issued here;
    private static Certificates.Issued elsewhere;
    private static Certificates.Issued own;

    private final Recorder recorder = new Recorder();

    @BeforeAll
    static void certify() throws Exception {
        authority = Certificates.in(Files.createDirectory(folder.resolve("ours")));
        here = authority.issue("here", HERE);
        elsewhere = authority.issue("elsewhere", "dns:hub.example,ip:192.0.2.1");
        own = authority.issue("gateway", "dns:gw-1.example");
    }

    private static SslContext server(Certificates.Issued shown, ClientAuth wanted) throws Exception {
        return GrpcSslContexts.configure(SslContextBuilder.forServer(
                                shown.cert().toFile(), shown.key().toFile())
                        .trustManager(authority.ca().toFile())
                        .clientAuth(wanted))
                .build();
    }

    private static GatewayOptions options(Target target, ClientTls tls) {
        return GatewayOptions.of(target, "edge-1").withTls(tls).withFailFast(true);
    }

    private static ClientTls trusting() {
        return ClientTls.DEFAULT.withCa(authority.ca());
    }

    private static String failure(Target target, ClientTls tls) throws Exception {
        try (GatewayClient client = GatewayClient.start(options(target, tls), new Recorder())) {
            End end = client.end().get(Recorder.TIMEOUT_SECONDS, TimeUnit.SECONDS);
            assertThat(end, instanceOf(End.NotConnected.class));
            Status status = ((End.NotConnected) end).status();
            assertThat(status.getCode(), is(Status.Code.UNAVAILABLE));
            return String.valueOf(status.getDescription());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void acceptsACertificateForTheHostOfTheHub(String host) throws Exception {
        try (TestHub hub = TestHub.start(TestHub.events(3, 20_000), server(here, ClientAuth.NONE));
                GatewayClient _ = GatewayClient.start(options(new Target(host, hub.port()), trusting()), recorder)) {
            recorder.expect(1, 3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1"})
    void rejectsACertificateForAnotherHost(String host) throws Exception {
        try (TestHub hub = TestHub.start(TestHub.events(1, 1), server(elsewhere, ClientAuth.NONE))) {
            assertThat(
                    failure(new Target(host, hub.port()), trusting()),
                    containsString("the server's certificate is for another host"));
            assertThat(hub.requests.size(), is(0));
        }
    }

    @Test
    void rejectsACertificateFromAnUnknownAuthority() throws Exception {
        try (TestHub hub = TestHub.start(TestHub.events(1, 1), server(here, ClientAuth.NONE))) {
            assertThat(
                    failure(hub.target(), ClientTls.DEFAULT),
                    containsString("the server's certificate is not trusted"));
        }
    }

    @Test
    void presentsItsCertificateIfTheHubRequiresOne() throws Exception {
        try (TestHub hub = TestHub.start(TestHub.events(1, 1), server(here, ClientAuth.REQUIRE))) {
            assertThat(failure(hub.target(), trusting()), containsString("client certificate"));
            ClientTls known = trusting().withCertificate(own.cert(), own.key());
            try (GatewayClient _ = GatewayClient.start(options(hub.target(), known), recorder)) {
                recorder.expect(1, 1);
            }
        }
    }

    @Test
    void reportsAHubWithoutTls() throws Exception {
        try (TestHub plain = TestHub.start(TestHub.events(1, 1))) {
            assertThat(failure(plain.target(), trusting()), containsString("cannot connect to " + plain.target()));
        }
    }

    @Test
    void usesRenewedCertificatesForTheNextConnection(@TempDir Path renewed) throws Exception {
        Path ca = Files.copy(authority.ca(), renewed.resolve("ca.pem"));
        TestHub.Script script = (request, stream) -> {
            int next = Events.number(request.getCursor()) + 1;
            stream.onNext(event(next));
            if (next == 1) {
                Files.writeString(ca, "renewed, but not complete yet");
                stream.onError(Status.UNAVAILABLE.asException());
            }
        };
        Timing untilTheFileIsComplete = new Timing(
                FixedRandom.HIGHEST,
                _ -> {
                    try {
                        Files.copy(authority.ca(), ca, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                    } catch (java.io.IOException e) {
                        throw new AssertionError(e);
                    }
                },
                () -> 0L);
        try (TestHub hub = TestHub.start(script, server(here, ClientAuth.NONE));
                GatewayClient client = GatewayClient.start(
                        options(hub.target(), ClientTls.DEFAULT.withCa(ca)),
                        recorder,
                        recorder,
                        untilTheFileIsComplete)) {
            recorder.expect(1, 2);
            assertThat(client.end().isDone(), is(false));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void readsKeysOfEachAlgorithm(String algorithm, @TempDir Path empty) throws Exception {
        Certificates.Issued issued = Certificates.in(empty, algorithm).issue("own", HERE);
        assertThat(
                ClientTls.DEFAULT
                        .withCertificate(issued.cert(), issued.key())
                        .context()
                        .getProtocol(),
                is("TLS"));
    }

    @Test
    void readsAnRsaKeyInPkcs1Form(@TempDir Path empty) throws Exception {
        Certificates.Issued issued = Certificates.in(empty, "RSA").issue("own", HERE);
        byte[] pkcs8 = PemFile.read("key", issued.key()).privateKey().getEncoded();
        int inner = 26; // after the version, the algorithm, and the header of the octet string
        String old = "-----BEGIN RSA PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(java.util.Arrays.copyOfRange(pkcs8, inner, pkcs8.length))
                + "\n-----END RSA PRIVATE KEY-----\n";
        Path file = Files.writeString(empty.resolve("old.key"), old);
        assertThat(PemFile.read("key", file).privateKey().getEncoded(), is(pkcs8));
    }

    private static String failureOf(ClientTls tls) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, tls::context).getMessage());
    }

    @Test
    void reportsWhichFileIsInvalidAndWhatIsAllowed(@TempDir Path scratch) throws Exception {
        Path none = scratch.resolve("none.pem");
        Path text = Files.writeString(scratch.resolve("text.pem"), "no PEM");
        Path torn = Files.writeString(
                scratch.resolve("torn.pem"),
                Files.readString(authority.ca()).replaceFirst("\n.{20}", "\nAAAAAAAAAAAAAAAAAAAA"));
        Path secret = Files.writeString(
                scratch.resolve("secret.key"),
                Files.readString(own.key())
                        .replace("BEGIN PRIVATE", "BEGIN EC PRIVATE")
                        .replace("END PRIVATE", "END EC PRIVATE"));
        assertThat(
                failureOf(ClientTls.DEFAULT.withCa(none)),
                is("ca must be a PEM file, but was \"" + none + "\": the file does not exist"));
        assertThat(
                failureOf(ClientTls.DEFAULT.withCa(scratch)),
                startsWith("ca must be a PEM file, but was \"" + scratch));
        assertThat(
                failureOf(ClientTls.DEFAULT.withCa(text)),
                is("ca must be a file with PEM certificates, but was \"" + text + "\": it contains no certificate"));
        assertThat(failureOf(ClientTls.DEFAULT.withCa(torn)), containsString("it contains an invalid certificate"));
        assertThat(
                failureOf(ClientTls.DEFAULT.withCertificate(own.cert(), own.cert())),
                startsWith("key must be a file with one"));
        String form = failureOf(ClientTls.DEFAULT.withCertificate(own.cert(), secret));
        assertThat(form, containsString("openssl pkcs8 -topk8 -nodes -in " + secret));
        assertThat(form, not(containsString(Files.readAllLines(secret).get(1))));
        assertThat(
                failureOf(ClientTls.DEFAULT.withCertificate(own.cert(), here.key())),
                containsString("key must be the private key of the first certificate in \"" + own.cert()));
    }
}
