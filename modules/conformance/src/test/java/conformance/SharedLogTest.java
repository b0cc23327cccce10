package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import push.protocol.v1.PushEvent;
import testing.ForeignGateway;
import testing.TestDatabase;

/** Hubs that share a log in PostgreSQL: any of them serves any cursor. */
class SharedLogTest {

    private static final int EVENTS = 200;
    private static final String USER = UUID.randomUUID().toString();

    private final String yaml =
            "{ push: { log: postgres }, auth: { db: { url: '" + TestDatabase.POSTGRESQL.freshUrl() + "' } } }";

    @Test
    void whatOneHubAcceptsReachesTheGatewaysOfTheOther() throws Exception {
        try (HubProcess one = HubProcess.start(yaml);
                HubProcess two = HubProcess.start(yaml)) {
            assertThat(two.epoch(), is(one.epoch()));
            ForeignGateway gateway = two.subscribe("gw", "").readingAll().subscribed();
            two.awaitSubscribers(1);
            String cursor = one.api().notify(USER, "mail", "{}");
            assertThat(gateway.next().getCursor(), is(cursor));
            HubApi.Answer revoked = one.api().call("DELETE", "/api/v1/users/" + USER + "/sessions", "");
            assertThat(revoked.status(), is(200));
            PushEvent invalidation = gateway.next();
            assertThat(invalidation.getSessionInvalidation().getUserId(), is(USER));
            String last = two.api().notify(USER, "mail", "{}");
            assertThat(gateway.next().getCursor(), is(last));

            ForeignGateway elsewhere = one.subscribe("gw-2", cursor).readingAll();
            assertThat(elsewhere.next().getCursor(), is(invalidation.getCursor()));
            assertThat(elsewhere.next().getCursor(), is(last));
        }
    }

    @Test
    void aKeyIsGoodAtEveryHub() throws Exception {
        try (HubProcess one = HubProcess.start(yaml);
                HubProcess two = HubProcess.start(yaml)) {
            String body = "{\"user_id\":\"" + USER + "\",\"kind\":\"mail\",\"payload\":{}}";
            HubApi.Answer first = one.api().call("POST", "/api/v1/notifications", body, "Idempotency-Key", "k");
            HubApi.Answer again = two.api().call("POST", "/api/v1/notifications", body, "Idempotency-Key", "k");
            assertThat(first.status(), is(202));
            assertThat(again.body(), is(first.body()));
        }
    }

    @Test
    void aRestartOfAllHubsLosesNothingAndChangesNoEpoch() throws Exception {
        List<String> published = new ArrayList<>();
        String epoch;
        try (HubProcess hub = HubProcess.start(yaml)) {
            epoch = hub.epoch();
            for (int i = 0; i < EVENTS; i++) {
                published.add(hub.api().notify(USER, "mail", "{}"));
            }
            hub.kill();
        }
        try (HubProcess hub = HubProcess.start(yaml)) {
            assertThat(hub.epoch(), is(epoch));
            published.add(hub.api().notify(USER, "mail", "{}"));
            ForeignGateway gateway = hub.subscribe("gw", epoch + "-0").readingAll();
            List<String> received = new ArrayList<>();
            for (int i = 0; i <= EVENTS; i++) {
                received.add(gateway.next().getCursor());
            }
            assertThat(received, is(published));
            assertThat(hub.api().call("GET", "/api/v1/push/status", "").body(), containsString("\"log\":\"postgres\""));
        }
    }
}
