package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import com.google.protobuf.util.Timestamps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import push.protocol.v1.Gap;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.Opened;
import push.protocol.v1.PushEvent;
import testing.ForeignGateway;
import testing.TestDatabase;
import tools.jackson.databind.JsonNode;

/**
 * Promise 4: a flood of client events evicts no invalidation. An unavoidable loss is reported on the stream or in the
 * log.
 */
class InvalidationsTest {

    private static final String USER = UUID.randomUUID().toString();
    private static final String TINY_LOG = "push: { ring: { max-bytes: 64 KiB }";
    private static final int FLOOD = 500;

    private static String openSession(HubProcess hub) throws Exception {
        HubApi.Answer answer = hub.api().call("POST", "/api/v1/sessions", "{\"user_id\":\"" + USER + "\"}");
        return answer.json().path("device_session_id").asString();
    }

    /** Publishes many events, and returns the cursor of the last one. */
    private static String flood(HubProcess hub) throws Exception {
        String cursor = "";
        for (int i = 0; i < FLOOD; i++) {
            cursor = hub.api().notify(USER, "flood", "{}");
        }
        return cursor;
    }

    /** Opens and revokes {@code count} sessions, and returns their ids. */
    private static List<String> revokeSome(HubProcess hub, int count) throws Exception {
        List<String> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String session = openSession(hub);
            assertThat(
                    hub.api().call("DELETE", "/api/v1/sessions/" + session, "").status(), is(204));
            sessions.add(session);
        }
        return sessions;
    }

    private static ForeignGateway withNotices(HubProcess hub, String id, String cursor) {
        return new ForeignGateway(
                        hub.channel(),
                        GatewaySubscribeRequest.newBuilder()
                                .setGatewayClientId(id)
                                .setCursor(cursor)
                                .setWantNotices(true)
                                .build())
                .readingAll();
    }

    @Test
    void aFloodEvictsNoInvalidation() throws Exception {
        try (HubProcess hub = HubProcess.start(TINY_LOG + " }")) {
            String before = hub.api().notify(USER, "mail", "{}");
            List<String> revoked = revokeSome(hub, 5);
            String last = flood(hub);

            ForeignGateway gateway = withNotices(hub, "gateway", before);
            Opened opened = gateway.next().getNotice().getOpened();
            assertThat(opened.getResume(), is(Opened.Resume.STALE));
            assertThat(opened.getReplayed(), is(5));
            PushEvent gap = gateway.next();
            assertThat(
                    gap.getNotice().getGap(),
                    is(Gap.newBuilder()
                            .setFromCursor(before)
                            .setToCursor(last)
                            .setMissed(FLOOD)
                            .setReason(Gap.Reason.EVICTED)
                            .build()));
            assertThat("safe to resume from", gap.getCursor(), is(before));
            assertThat(sessions(gateway, 5), is(revoked));

            ForeignGateway v1 = hub.subscribe("v1", before).readingAll();
            assertThat(sessions(v1, 5), is(revoked));
            String live = hub.api().notify(USER, "mail", "{}");
            assertThat(gateway.next().getCursor(), is(live));
            assertThat(v1.next().getCursor(), is(live));
            assertThat(hub.api().metric("grpc_push_gaps_total{reason=\"EVICTED\"}"), is(2.0));
            assertThat(hub.err(), not(containsString("invalidations may be lost")));
        }
    }

    private static List<String> sessions(ForeignGateway gateway, int count) throws Exception {
        List<String> sessions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            PushEvent event = gateway.next();
            assertThat(event.hasSessionInvalidation(), is(true));
            sessions.add(event.getSessionInvalidation().getDeviceSessionId());
        }
        return sessions;
    }

    @Test
    void aSessionOpenedAfterAllWereRevokedSurvivesARestart() throws Exception {
        String yaml = "auth: { db: { url: '" + TestDatabase.H2.freshUrl() + "' } }";
        String before;
        String session;
        int port;
        try (HubProcess hub = HubProcess.start(yaml)) {
            port = hub.port();
            before = hub.api().notify(USER, "mail", "{}");
            openSession(hub);
            hub.api().call("DELETE", "/api/v1/users/" + USER + "/sessions", "");
            session = openSession(hub);
        }
        try (HubProcess hub = HubProcess.start(Image.built(), yaml, port)) {
            ForeignGateway gateway = hub.subscribe("gateway", before).readingAll();
            PushEvent event = gateway.next();
            Instant decided = Instant.ofEpochSecond(
                    0, Timestamps.toNanos(event.getSessionInvalidation().getRevokedAt()));
            Instant published = Instant.ofEpochSecond(0, Timestamps.toNanos(event.getPublishedAt()));
            JsonNode json =
                    hub.api().call("GET", "/api/v1/sessions/" + session, "").json();
            Instant opened = Instant.parse(json.path("created_at").asString());
            assertThat("every session", event.getSessionInvalidation().getDeviceSessionId(), is(""));
            assertThat("its publication is later than the new session", published, is(greaterThan(opened)));
            assertThat(decided, is(lessThan(opened)));
            assertThat(json.path("state").asString(), is("open"));
        }
    }

    @Test
    void aLossAtTheLimitIsReportedOnTheStreamOrInTheLog() throws Exception {
        try (HubProcess hub = HubProcess.start(TINY_LOG + ", invalidations: { max-entries: 2 } }")) {
            String before = hub.api().notify(USER, "mail", "{}");
            List<String> revoked = revokeSome(hub, 5);
            flood(hub);

            ForeignGateway gateway = withNotices(hub, "gateway", before);
            assertThat(gateway.next().getNotice().hasOpened(), is(true));
            assertThat(gateway.next().getNotice().getGap().getInvalidationsMissed(), is(true));
            assertThat(sessions(gateway, 2), is(revoked.subList(3, 5)));

            ForeignGateway v1 = hub.subscribe("v1-gateway", before).readingAll();
            assertThat(sessions(v1, 2), is(revoked.subList(3, 5)));
            hub.awaitLog("push invalidations may be lost");
            assertThat(hub.err(), containsString("gateway_client_id=v1-gateway"));
            assertThat(hub.api().metric("grpc_push_invalidations_missed_total{reason=\"EVICTED\"}"), is(2.0));
        }
    }

    @Test
    void aSlowReaderGetsInvalidationsInOrderAndGapsForLostEvents() throws Exception {
        try (HubProcess hub = HubProcess.start("push: { subscriber: { buffer: 64 } }")) {
            ForeignGateway slow = new ForeignGateway(
                    hub.channel(),
                    GatewaySubscribeRequest.newBuilder()
                            .setGatewayClientId("slow")
                            .setWantNotices(true)
                            .build());
            slow.subscribed().reading(1);
            assertThat(slow.next().getNotice().hasOpened(), is(true));
            // More than the connection's window and the sockets' buffers hold, so the reader is stuck.
            String filler = "{\"filler\":\"" + "x".repeat(200_000) + "\"}";
            int published = 0;
            List<String> revoked = new ArrayList<>();
            for (; published < 300; published++) {
                hub.api().notify(USER, "large", filler);
                if (published % 30 == 0) {
                    revoked.addAll(revokeSome(hub, 1));
                }
            }
            slow.readingAll();
            List<String> invalidated = new ArrayList<>();
            long received = 0;
            long missed = 0;
            String last = hub.api().status().path("head").asString();
            PushEvent event = slow.next();
            for (; !event.getCursor().equals(last) || event.hasNotice(); event = slow.next()) {
                missed += event.getNotice().getGap().getMissed();
                received += event.hasClientEvent() ? 1 : 0;
                if (event.hasSessionInvalidation()) {
                    invalidated.add(event.getSessionInvalidation().getDeviceSessionId());
                }
            }
            assertThat(invalidated, is(revoked));
            assertThat(missed, is(greaterThan(0L)));
            assertThat(received + 1 + missed, is((long) published));
            assertThat(hub.api().metric("grpc_push_dropped_total{gateway_client_id=\"slow\"}"), is((double) missed));
        }
    }
}
