package app.settings;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentVariablesTest {

    private static final String NO_KEY =
            " has no effect: it does not name a key of this configuration; the nearest is ";

    private static EnvironmentVariables of(Map<String, String> variables) {
        return EnvironmentVariables.of(
                variables, HubKeys.SINGLE, () -> ServerKeys.read().withoutWildcards());
    }

    @Test
    void variableSetsItsKey() {
        EnvironmentVariables found = of(Map.of(
                "PUSH_FRESHNESS_WINDOW", "PT7M",
                "PUSH_RING_MAX_BYTES", "1 GiB",
                "PUSH_SUBSCRIBER_STALL_TIMEOUT", "PT1M",
                "SERVER_PORT", "0",
                "SERVER_HOSTS", "a.example,b.example",
                "AUTH_DB_PASSWORD_FILE", "/run/secrets/db",
                "AUTH_DB_URL", "jdbc:h2:mem:x"));
        assertThat(
                found.settings(),
                is(Map.of(
                        "push.freshness-window", "PT7M",
                        "push.ring.max-bytes", "1 GiB",
                        "push.subscriber.stall-timeout", "PT1M",
                        "server.port", "0",
                        "server.hosts", "a.example,b.example",
                        "auth.db.password-file", "/run/secrets/db",
                        "auth.db.url", "jdbc:h2:mem:x")));
        assertThat(found.warnings(), is(List.of()));
    }

    @Test
    void nameOfTheReferenceServiceIsUsedUnlessTheHubsNameIsSet() {
        assertThat(
                of(Map.of("BACKEND_FRESHNESS_WINDOW", "PT7M")).settings(), is(Map.of("push.freshness-window", "PT7M")));
        assertThat(
                of(Map.of("BACKEND_FRESHNESS_WINDOW", "PT7M", "PUSH_FRESHNESS_WINDOW", "PT8M"))
                        .settings(),
                is(Map.of("push.freshness-window", "PT8M")));
    }

    @ParameterizedTest
    @CsvSource({
        "PUSH_RING_CAPACTIY, PUSH_RING_CAPACITY",
        "PUSH_HEARTBEATS, PUSH_HEARTBEAT",
        "PUSH_FRESHNESS, PUSH_FRESHNESS_WINDOW",
        "PUSH_JAVA_OPT, PUSH_JAVA_OPTS",
        "PUSH_JAVAOPTS, PUSH_JAVA_OPTS",
        "PUSH_FRESHNESSWINDOW, PUSH_FRESHNESS_WINDOW",
        "PUSH_RING_MAXBYTES, PUSH_RING_MAX_BYTES",
        "AUTH_DB_USERNAME, AUTH_DB_USER",
        "push_ring_capacity, PUSH_RING_CAPACITY",
        "push.ring.capacity, PUSH_RING_CAPACITY",
        "PSUH_RING_CAPACITY, PUSH_RING_CAPACITY",
        "AUTH_DB_PASS, AUTH_DB_PASSWORD",
        "AUTH_DB_URI, AUTH_DB_URL",
        "AUTH_DV_URL, AUTH_DB_URL",
        "NOTIFICATION_CATALOGUE_KINDS, NOTIFICATION_CATALOGUE_OPEN",
        "TRACING_ENDPONT, TRACING_ENDPOINT",
        "SERVER_PROT, SERVER_PORT",
        "BACKEND_FRESHNES_WINDOW, BACKEND_FRESHNESS_WINDOW"
    })
    void misspelledNameCausesAWarningWithTheNearestNameAndNoValue(String name, String nearest) {
        EnvironmentVariables found = of(Map.of(name, "s3cret"));
        assertThat(found.settings(), is(Map.of()));
        assertThat(found.warnings(), is(List.of("the environment variable " + name + NO_KEY + nearest)));
    }

    @Test
    void keyThatOnlyTheFileCanSetCausesAWarning() {
        assertThat(
                of(Map.of("SERVER_TLS_CLIENT_AUTH", "REQUIRED")).warnings(),
                is(List.of(
                        "the environment variable SERVER_TLS_CLIENT_AUTH has no effect: server.tls.client-auth can be"
                                + " set only in the file or as a system property")));
    }

    @ParameterizedTest
    @CsvSource({
        "PUSH_JAVA_OPTS, -Xmx1g",
        "PATH, /bin",
        "AUTH_TOKEN, x",
        "AUTH_SECRET, x",
        "SERVER_SOFTWARE, nginx",
        "SERVER_ID, 7",
        "TRACING_ENABLED, true",
        "NOTIFICATION_EMAIL, a@example.org",
        "PUSHGATEWAY_URL, http://127.0.0.1:9091",
        "REQUESTS_CA_BUNDLE, /etc/ssl/ca.pem"
    })
    void variableOfAnotherProgramIsIgnored(String name, String value) {
        assertThat(of(Map.of(name, value)), is(new EnvironmentVariables(Map.of(), List.of())));
    }

    /** The variables that Kubernetes sets for a service with a named port. */
    @ParameterizedTest
    @CsvSource({"PUSH", "SERVER", "AUTH", "AUTH_DB", "PUSH_LOG", "NOTIFICATION", "TRACING"})
    void serviceLinksOfKubernetesAreIgnored(String service) {
        Map<String, String> links = Map.of(
                service + "_SERVICE_HOST", "10.0.0.1",
                service + "_SERVICE_PORT", "8080",
                service + "_SERVICE_PORT_GRPC_WEB", "8080",
                service + "_PORT", "tcp://10.0.0.1:8080",
                service + "_PORT_8080_TCP", "tcp://10.0.0.1:8080",
                service + "_PORT_8080_TCP_PROTO", "tcp",
                service + "_PORT_8080_TCP_PORT", "8080",
                service + "_PORT_8080_TCP_ADDR", "10.0.0.1",
                service + "_PORT_53_UDP", "udp://[fd00::1]:53");
        assertThat(of(links), is(new EnvironmentVariables(Map.of(), List.of())));
    }

    @Test
    void portThatIsNotAServiceLinkIsRead() {
        assertThat(of(Map.of("SERVER_PORT", "80a")).settings(), is(Map.of("server.port", "80a")));
    }

    @Test
    void helidonsKeysAreReadOnlyIfAVariableMayBeOne() {
        AtomicInteger reads = new AtomicInteger();
        EnvironmentVariables.of(Map.of("PATH", "/bin", "SERVER_PORT", "0", "PUSH_X", ""), HubKeys.SINGLE, () -> {
            reads.incrementAndGet();
            return Set.of();
        });
        assertThat(reads.get(), is(0));
    }
}
