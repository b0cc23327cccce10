package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.in;
import static org.hamcrest.Matchers.is;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.protocol.v1.SessionInvalidation;
import testing.Await;
import testing.TestDatabase;
import tools.jackson.databind.JsonNode;

/**
 * Kills a hub under load again and again, and each time starts another one on the same database. Every acknowledged
 * revocation reaches a gateway that reconnects with its cursor, no other session is invalidated, and a user's
 * invalidations arrive in the order of the revocations.
 */
class KillTest {

    private static final int KILLS = Integer.getInteger("kill.kills", 30);

    /** PostgreSQL differs only in the state of the database after a kill, so fewer kills suffice. */
    private static final int KILLS_ON_POSTGRESQL = KILLS / 5;

    private static final int LONGEST_LIFE_MILLIS = 500;
    private static final long SEED = Long.getLong("kill.seed", 20_261_125);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void acknowledgedRevocationsReachTheGatewayHoweverOftenTheHubIsKilled() throws Exception {
        kill(KILLS, TestDatabase.H2);
    }

    @Test
    void acknowledgedRevocationsInPostgresqlReachTheGatewayToo() throws Exception {
        kill(KILLS_ON_POSTGRESQL, TestDatabase.POSTGRESQL);
    }

    private void kill(int kills, TestDatabase kind) throws Exception {
        String yaml = "auth: { db: { url: '" + kind.freshUrl() + "' } }";
        HubProcess hub = HubProcess.start(yaml);
        ReconnectingGateway gateway = new ReconnectingGateway(hub.port());
        ContinuousRevokers revokers = new ContinuousRevokers(hub.port());
        try {
            Future<Void> following = threads.submit(gateway::follow);
            Await.until("the gateway has a cursor to reconnect with", TIMEOUT, gateway::hasCursor);
            revokers.start(threads);
            SplittableRandom random = new SplittableRandom(SEED);
            for (int kill = 0; kill < kills; kill++) {
                boolean _ = never.await(random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
                hub.kill();
                hub = HubProcess.start(Image.built(), yaml, hub.port());
            }
            revokers.finish();
            Map<String, String> rows = rows(hub);
            Await.until(
                    "the gateway has everything", TIMEOUT, () -> gateway.seen().size() >= rows.size());
            gateway.end();
            hub.close(); // which ends the stream, and so the gateway
            following.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            System.out.println(kind + ", " + kills + " kills: " + figures(gateway, revokers, rows));
            check(gateway.seen(), revokers, rows);
            assertThat("kills that interrupted calls", revokers.unanswered(), is(greaterThan(kills)));
            assertThat(revokers.acknowledged().size(), is(greaterThan(kills)));
        } finally {
            hub.close();
        }
    }

    /** The revocations in the database: the reason of each by its event id. */
    private static Map<String, String> rows(HubProcess hub) throws Exception {
        Map<String, String> rows = new TreeMap<>();
        String cursor = "";
        do {
            JsonNode page = hub.api()
                    .call("GET", "/api/v1/revocations?limit=1000" + cursor, "")
                    .json();
            for (JsonNode row : page.path("revocations")) {
                rows.put(row.path("event_id").asString(), row.path("reason").asString());
            }
            cursor = page.has("next_cursor")
                    ? "&cursor=" + page.path("next_cursor").asString()
                    : "";
        } while (!cursor.isEmpty());
        return rows;
    }

    private static void check(List<SessionInvalidation> seen, ContinuousRevokers revokers, Map<String, String> rows) {
        Map<String, String> received = new TreeMap<>();
        Map<String, List<String>> byUser = new TreeMap<>();
        for (SessionInvalidation invalidation : seen) {
            received.put(invalidation.getEventId(), invalidation.getReason());
            byUser.computeIfAbsent(invalidation.getUserId(), user -> new ArrayList<>())
                    .add(invalidation.getReason());
            String session = invalidation.getDeviceSessionId();
            String reason = invalidation.getReason();
            assertThat(reason, session.isEmpty() ? containsString("all-") : is(session));
        }
        assertThat("the gateway got what is in the database", received, is(rows));
        assertThat("acknowledged revocations", revokers.acknowledged(), everyItem(is(in(rows.values()))));
        revokers.asked().forEach((user, asked) -> {
            List<String> inOrder = new ArrayList<>(asked);
            inOrder.retainAll(rows.values());
            assertThat("invalidations in the order of the requests", byUser.getOrDefault(user, List.of()), is(inOrder));
        });
        assertThat("no invalidation of another user", revokers.asked().keySet().containsAll(byUser.keySet()), is(true));
    }

    private static String figures(ReconnectingGateway gateway, ContinuousRevokers revokers, Map<String, String> rows) {
        return ("%,d revocations acknowledged, %,d calls unanswered; %,d in the database, %,d delivered, %,d repeated,"
                        + " %,d streams")
                .formatted(
                        revokers.acknowledged().size(),
                        revokers.unanswered(),
                        rows.size(),
                        gateway.seen().size(),
                        gateway.repeated(),
                        gateway.streams());
    }
}
