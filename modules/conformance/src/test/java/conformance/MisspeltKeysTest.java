package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the image reports unknown keys. The web server's modules describe the keys of the web server. */
class MisspeltKeysTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "push: { ring: { capactiy: 1 } }|push.ring.capactiy is not a key of this configuration; the nearest is push.ring.capacity",
                "server: { prot: 0 }|server.prot is not a key of this configuration; the nearest is server.port",
                "server: { tls: { client-auht: NONE } }|server.tls.client-auht is not a key of this configuration; the nearest is server.tls.client-auth",
                "psuh: { node: a }|psuh is not a section of this configuration; the nearest is push, and the sections are auth, notification, push, requests, server, tracing"
            })
    void anUnknownKeyInTheFileStopsTheStart(String yaml, String message, @TempDir Path folder) throws Exception {
        Path config = Files.writeString(folder.resolve("bad.yaml"), yaml);
        Image.Result result = Image.built().push("serve", "--config", config.toString());
        assertThat(result, is(new Image.Result(1, "", "push: " + message + "\n")));
    }

    @Test
    void aMisspeltVariableIsLoggedOnceAndServiceLinksAreNot() throws Exception {
        Map<String, String> variables = Map.of(
                "PUSH_RING_CAPACTIY", "7",
                "SERVER_TLS_CLIENT_AUTH", "REQUIRED",
                "PUSH_SERVICE_HOST", "10.0.0.1",
                "PUSH_SERVICE_PORT", "8080",
                "PUSH_PORT", "tcp://10.0.0.1:8080",
                "PUSH_PORT_8080_TCP_ADDR", "10.0.0.1",
                "SERVER_PORT", "tcp://10.0.0.1:8080",
                "PUSH_JAVA_OPTS", "-Dapp.test=1");
        try (HubProcess hub = HubProcess.start("server: { backlog: 100 }", variables)) {
            assertThat(hub.terminate(), is(143));
            List<String> warnings = hub.err()
                    .lines()
                    .filter(line -> line.contains(" WARNING "))
                    .map(line -> line.replaceFirst(".* the environment variable ", ""))
                    .toList();
            assertThat(
                    warnings,
                    is(List.of(
                            "PUSH_RING_CAPACTIY has no effect: it does not name a key of this configuration; the nearest is"
                                    + " PUSH_RING_CAPACITY",
                            "SERVER_TLS_CLIENT_AUTH has no effect: server.tls.client-auth can be set only in the file or"
                                    + " as a system property")));
        }
    }
}
