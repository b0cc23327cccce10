package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import testing.FreePort;
import testing.TestDatabase;

/** Hubs on a PostgreSQL database: one at a time, also behind PgBouncer. */
class PostgresqlHubsTest {

    private static final int CALLERS = 4;
    private static final int CALLS = 40;

    private final String url = TestDatabase.POSTGRESQL.freshUrl();

    @BeforeAll
    static void install() throws Exception {
        Foreign.install();
    }

    private static String yaml(String url) {
        return "auth: { db: { url: '" + url + "' } }";
    }

    private static String refusal(String yaml) {
        AssertionError refused =
                assertThrows(AssertionError.class, () -> HubProcess.start(yaml).close());
        return String.valueOf(refused.getMessage());
    }

    @Test
    void aSecondHubOnADatabaseReportsTheFirstAndDoesNotStart() throws Exception {
        HubProcess first = HubProcess.start(yaml(url));
        try (first) {
            assertThat(refusal(yaml(url)), containsString("is in use by another hub at 127.0.0.1"));
            assertThat(first.api().call("GET", "/observe/health/ready", "").status(), is(200));
        }
        HubProcess.start(yaml(url)).close(); // after the first has stopped
    }

    @Test
    void aKilledHubLeavesNoLock() throws Exception {
        HubProcess.start(yaml(url)).kill();
        HubProcess.start(yaml(url)).close();
    }

    /** A pooler that assigns one of three server connections to each transaction. */
    private Foreign pgbouncer(int port) throws Exception {
        URI server = URI.create(url.substring("jdbc:".length()));
        String name = server.getPath().substring(1);
        List<String> options = new ArrayList<>(List.of("-q"));
        if (System.getProperty("user.name").equals("root")) {
            options.addAll(List.of("-u", "nobody")); // PgBouncer refuses to run as root
        }
        options.add("CONFIGURATION");
        return Foreign.proxy(
                "pgbouncer", port, """
                [databases]
                %s = host=127.0.0.1 port=%d dbname=%s user=postgres
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = transaction
                default_pool_size = 3
                ignore_startup_parameters = extra_float_digits
                """.formatted(name, server.getPort(), name, port), options.toArray(String[]::new));
    }

    private String behind(int port) {
        return url.replaceFirst("//[^/]+/", "//127.0.0.1:" + port + "/");
    }

    @Test
    void aHubBehindATransactionPoolerRequiresADirectUrl() throws Exception {
        int port = FreePort.any();
        try (Foreign _ = pgbouncer(port)) {
            assertThat(
                    refusal(yaml(behind(port))),
                    allOf(
                            containsString("leads to a pooler that assigns a connection to each transaction"),
                            containsString("auth.db.direct-url")));
        }
    }

    @Test
    void aHubBehindATransactionPoolerServesSessionsAndKeys() throws Exception {
        int port = FreePort.any();
        String yaml = "auth: { db: { url: '" + behind(port) + "', direct-url: '" + url + "' } }";
        try (Foreign _ = pgbouncer(port);
                HubProcess hub = HubProcess.start(yaml)) {
            hub.awaitLog("prepared statements are disabled (prepareThreshold=0)");
            assertThat(statuses(() -> openAndRevoke(hub)), everyItem(is(List.of(201, 202, 204))));
            assertThat(hub.api().call("GET", "/observe/health/ready", "").status(), is(200));
            assertThat(hub.err(), not(containsString("Exception")));
        }
    }

    private static List<Integer> openAndRevoke(HubProcess hub) throws Exception {
        String user = UUID.randomUUID().toString();
        HubApi.Answer opened = hub.api().call("POST", "/api/v1/sessions", "{\"user_id\":\"" + user + "\"}");
        String session = opened.json().path("device_session_id").asString();
        HubApi.Answer notified = hub.api()
                .call(
                        "POST",
                        "/api/v1/notifications",
                        "{\"user_id\":\"" + user + "\",\"kind\":\"mail\",\"payload\":{}}",
                        "Idempotency-Key",
                        user);
        HubApi.Answer revoked = hub.api().call("DELETE", "/api/v1/sessions/" + session, "");
        return List.of(opened.status(), notified.status(), revoked.status());
    }

    private static List<List<Integer>> statuses(Callable<List<Integer>> call) throws Exception {
        List<List<Integer>> statuses = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CALLERS)) {
            List<Future<List<Integer>>> calls = new ArrayList<>();
            for (int i = 0; i < CALLERS * CALLS; i++) {
                calls.add(threads.submit(call));
            }
            for (Future<List<Integer>> one : calls) {
                statuses.add(one.get());
            }
        }
        return statuses;
    }
}
