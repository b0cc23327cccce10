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
 * A hub is killed in the midst of its work, again and again, and each time another takes its place on the same
 * database: every revocation that was acknowledged reaches a gateway that comes back with its cursor, nobody else is
 * cut off, and what a user lost comes in the order in which it was lost.
 */
class KillTest {

    private static final int KILLS = Integer.getInteger("kill.kills", 30);

    /** The way from a commit to the gateways is the same; what differs is what a kill leaves behind in the database. */
    private static final int KILLS_ON_POSTGRESQL = KILLS / 5;

    private static final int LONGEST_LIFE_MILLIS = 500;
    private static final long SEED = Long.getLong("kill.seed", 20_261_125);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void whatWasAcknowledgedReachesAGatewayHoweverOftenTheHubIsKilled() throws Exception {
        kill(KILLS, TestDatabase.H2);
    }

    @Test
    void whatWasAcknowledgedReachesAGatewayFromPostgresqlToo() throws Exception {
        kill(KILLS_ON_POSTGRESQL, TestDatabase.POSTGRESQL);
    }

    private void kill(int kills, TestDatabase kind) throws Exception {
        String yaml = "auth: { db: { url: '" + kind.freshUrl() + "' } }";
        HubProcess hub = HubProcess.start(yaml);
        FaithfulGateway gateway = new FaithfulGateway(hub.port());
        TirelessRevokers revokers = new TirelessRevokers(hub.port());
        try {
            Future<Void> following = threads.submit(gateway::follow);
            Await.until("the gateway has a cursor to come back with", LONG, gateway::hasCursor);
            revokers.start(threads);
            SplittableRandom random = new SplittableRandom(SEED);
            for (int kill = 0; kill < kills; kill++) {
                boolean _ = never.await(random.nextInt(LONGEST_LIFE_MILLIS), TimeUnit.MILLISECONDS);
                hub.kill();
                hub = HubProcess.start(Image.built(), yaml, hub.port());
            }
            revokers.finish();
            Map<String, String> rows = rows(hub);
            Await.until("the gateway has everything", LONG, () -> gateway.seen().size() >= rows.size());
            gateway.end();
            hub.close(); // which ends the stream, and so the gateway
            following.get(LONG.toSeconds(), TimeUnit.SECONDS);
            System.out.println(kind + ", " + kills + " kills: " + figures(gateway, revokers, rows));
            check(gateway.seen(), revokers, rows);
            assertThat("kills in the midst of work", revokers.unanswered(), is(greaterThan(kills)));
            assertThat(revokers.acknowledged().size(), is(greaterThan(kills)));
        } finally {
            hub.close();
        }
    }

    /** All that the database holds: the reason of each revocation by the id of its event. */
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

    private static void check(List<SessionInvalidation> seen, TirelessRevokers revokers, Map<String, String> rows) {
        Map<String, String> told = new TreeMap<>();
        Map<String, List<String>> byUser = new TreeMap<>();
        for (SessionInvalidation invalidation : seen) {
            told.put(invalidation.getEventId(), invalidation.getReason());
            byUser.computeIfAbsent(invalidation.getUserId(), user -> new ArrayList<>())
                    .add(invalidation.getReason());
            String session = invalidation.getDeviceSessionId();
            String reason = invalidation.getReason();
            assertThat(reason, session.isEmpty() ? containsString("all-") : is(session));
        }
        assertThat("told is what is in the database", told, is(rows));
        assertThat("acknowledged, and told", revokers.acknowledged(), everyItem(is(in(rows.values()))));
        revokers.asked().forEach((user, asked) -> {
            List<String> inOrder = new ArrayList<>(asked);
            inOrder.retainAll(rows.values());
            assertThat("asked for, and told in that order", byUser.getOrDefault(user, List.of()), is(inOrder));
        });
        assertThat("nobody else's", revokers.asked().keySet().containsAll(byUser.keySet()), is(true));
    }

    private static String figures(FaithfulGateway gateway, TirelessRevokers revokers, Map<String, String> rows) {
        return "%,d revocations acknowledged, %,d calls unanswered; %,d in the database, %,d told, %,d told again, %,d streams"
                .formatted(
                        revokers.acknowledged().size(),
                        revokers.unanswered(),
                        rows.size(),
                        gateway.seen().size(),
                        gateway.repeated(),
                        gateway.streams());
    }
}
