package app.cli;

import static app.SecureServer.askingFor;
import static app.SecureServer.settings;
import static app.SecureServer.withPem;
import static app.SecureServer.withStore;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import app.PushServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import testing.Await;
import testing.Certificates;

/** Tests the commands with a real server, over TLS. */
@Timeout(60) // a tail that connects by mistake never ends
class TlsCommandsTest {

    private static final String USER = "0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private Certificates authority;
    private Certificates.Issued here;
    private Certificates.Issued gateway;
    private PushServer server;

    @BeforeEach
    void start() throws Exception {
        authority = Certificates.in(folder);
        here = authority.issue("hub", "dns:localhost");
        gateway = authority.issue("gateway", "dns:gw-1.example");
        server = PushServer.start(settings(folder, withStore(here), askingFor(authority)));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int run(String command, String... more) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
        arguments.addAll(List.of(more));
        CommandLine line = PushCommand.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments.toArray(new String[0]));
    }

    private String[] access(String host, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "--target", host + ":" + server.port(), "--ca", authority.ca().toString()));
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }

    private String[] known(String host) {
        return access(
                host,
                "--cert",
                gateway.cert().toString(),
                "--key",
                gateway.key().toString());
    }

    private void succeed(String command, String... more) {
        int exit = run(command, more);
        assertThat(command + " said " + err, exit, is(0));
    }

    private String failure() {
        assertThat(err.toString(), err.toString().lines().count(), is(1L));
        return err.toString();
    }

    @Test
    void urlOfTheServerHasHttps() {
        assertThat(server.url(), is("https://127.0.0.1:" + server.port()));
    }

    @Test
    void everyCommandWorksOverTls() {
        succeed("notify --user " + USER + " --kind mail", known("localhost"));
        succeed("revoke --user " + USER, known("localhost"));
        succeed("status --json", known("localhost"));
        assertThat(out.toString(), containsString("\"retained_events\":2"));
        succeed("tail --earliest --count 2 --json", known("localhost"));
        assertThat(out.toString(), containsString("\"client_event\""));
        assertThat(out.toString(), containsString("\"session_invalidation\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "tail --count 1", "revoke --user " + USER, "notify --kind k --user " + USER})
    void everyCommandReportsWhyTrustFails(String command) {
        assertThat(run(command, known("127.0.0.1")), is(1));
        assertThat(failure(), containsString("the server's certificate is for another host"));
        assertThat(run(command, access("localhost")), is(1));
        assertThat(failure(), containsString("see --ca, --cert and --key"));
        assertThat(run(command, "--tls", "--target", "localhost:" + server.port()), is(1));
        assertThat(failure(), containsString("the server's certificate is not trusted"));
        assertThat(run(command, "--target", "localhost:" + server.port()), is(1));
        assertThat(failure(), startsWith("push: "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "tail --count 1", "revoke --user " + USER, "notify --kind k --user " + USER})
    void everyCommandNamesTheWrongFile(String command) throws Exception {
        Path none = folder.resolve("none");
        assertThat(run(command, "--ca", none.toString()), is(1));
        assertThat(failure(), is("push: --ca must be a PEM file, but was \"" + none + "\": the file does not exist\n"));
        assertThat(
                run(
                        command,
                        access(
                                "localhost",
                                "--cert",
                                gateway.cert().toString(),
                                "--key",
                                here.key().toString())),
                is(1));
        assertThat(failure(), startsWith("push: --key must be the private key of the first certificate in"));
        assertThat(run(command, access("localhost", "--cert", gateway.cert().toString())), is(2));
        assertThat(err.toString(), startsWith("--cert and --key must be used together"));
        Path token = Files.writeString(folder.resolve("token"), "two secrets");
        assertThat(run(command, access("localhost", "--token-file", token.toString())), is(1));
        assertThat(failure(), startsWith("push: --token-file must be a file with one token, but was \"" + token));
        assertThat(err.toString(), not(containsString("secrets")));
    }

    @Test
    void renewedCertificateIsUsedWithoutARestart() throws Exception {
        Path key = Files.copy(here.key(), folder.resolve("used.key"));
        Path cert = Files.copy(here.cert(), folder.resolve("used.pem"));
        server.close();
        server = PushServer.start(settings(folder, withPem(key, cert)));
        assertThat(run("status", access("localhost")), is(0));
        assertThat(run("status", access("127.0.0.1")), is(1));
        Certificates.Issued renewed = authority.issue("renewed", "ip:127.0.0.1");
        Files.copy(renewed.key(), key, StandardCopyOption.REPLACE_EXISTING);
        Files.copy(renewed.cert(), cert, StandardCopyOption.REPLACE_EXISTING);
        Await.until(
                "the renewed certificate is shown",
                Duration.ofSeconds(30),
                () -> run("status", access("127.0.0.1")) == 0);
    }
}
