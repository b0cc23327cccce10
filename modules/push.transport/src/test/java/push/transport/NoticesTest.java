package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;

import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.api.ClientEvent;
import push.api.Outcome;
import push.api.Payload;
import push.engine.HubConfig;
import push.engine.RetentionConfig;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.GoAway;
import push.protocol.v1.Interest;
import push.protocol.v1.Opened;
import push.protocol.v1.PushEvent;
import push.protocol.v1.StalePolicy;
import testing.ForeignGateway;

/** Notices and the options of a request, over a real connection. */
class NoticesTest {

    private static final UUID USER = new UUID(1, 1);
    private static final UUID OTHER = new UUID(2, 2);

    private final TestHub server = new TestHub(
            new HubConfig(
                    new RetentionConfig(Duration.ofMinutes(5), 16, 4_000, Duration.ofHours(1), 100, 1 << 20),
                    0,
                    256 << 10,
                    100,
                    Duration.ofMillis(50),
                    Duration.ZERO,
                    Duration.ofSeconds(5),
                    "node-1"),
            Duration.ofMinutes(1));

    @AfterEach
    void close() {
        server.close();
    }

    private static GatewaySubscribeRequest.Builder request(String cursor) {
        return GatewaySubscribeRequest.newBuilder()
                .setGatewayClientId("g")
                .setCursor(cursor)
                .setWantNotices(true);
    }

    private ForeignGateway subscribe(GatewaySubscribeRequest.Builder request) {
        return new ForeignGateway(server.channel(), request.build()).readingAll();
    }

    private String publish(UUID user) {
        ClientEvent event = new ClientEvent(user, null, "k", Payload.of(Map.of()), "", "", "");
        return ((Outcome.Published) server.hub.publisher().publish(event)).cursor();
    }

    private String cursor(long sequence) {
        return server.hub.status().epoch() + "-" + sequence;
    }

    /** The next message that is not a heartbeat. */
    private static PushEvent next(ForeignGateway gateway) throws InterruptedException {
        PushEvent event = gateway.next();
        while (event.getNotice().hasHeartbeat()) {
            event = gateway.next();
        }
        return event;
    }

    @Test
    void theFirstMessageHasTheOutcomeOfTheCursor() throws Exception {
        publish(USER);
        publish(USER);
        PushEvent first = subscribe(request(cursor(1))).next();
        assertThat(first.getCursor(), is(cursor(1)));
        assertThat(
                first.getNotice().getOpened(),
                is(Opened.newBuilder()
                        .setResume(Opened.Resume.RESUMED)
                        .setReplayed(1)
                        .setNode("node-1")
                        .build()));
    }

    @Test
    void aClientThatDidNotAskGetsNoNotice() throws Exception {
        var gateway = subscribe(request("garbage").setWantNotices(false)).subscribed();
        publish(USER);
        assertThat(gateway.next().hasClientEvent(), is(true));
        var asking = subscribe(request("").setGatewayClientId("asking"));
        for (int seen = 0; seen < 3; seen += asking.next().getNotice().hasHeartbeat() ? 1 : 0) {
            // By now the other gateway would have received a notice, if the hub sent any.
        }
        server.hub.close();
        assertThat(gateway.status().getCode(), is(Status.Code.UNAVAILABLE));
        assertThat(gateway.nextWithin(Duration.ZERO), is(nullValue()));
    }

    @Test
    void aGapReportsTheLossAndTheInvalidationsWithinItFollow() throws Exception {
        publish(USER);
        server.hub.publisher().invalidate(USER, null, "stolen", "i-1");
        for (int i = 0; i < 20; i++) {
            publish(USER);
        }
        var gateway = subscribe(request(cursor(0)).setOnStale(StalePolicy.OLDEST_RETAINED));
        assertThat(next(gateway).getNotice().getOpened().getResume(), is(Opened.Resume.STALE));
        PushEvent gap = next(gateway);
        long oldest = server.hub.status().oldest().sequence();
        assertThat(gap.getNotice().getGap().getFromCursor(), is(cursor(0)));
        assertThat(gap.getNotice().getGap().getToCursor(), is(cursor(oldest - 1)));
        assertThat(gap.getNotice().getGap().getMissed(), is(oldest - 2));
        assertThat(gap.getNotice().getGap().getInvalidationsMissed(), is(false));
        assertThat(gap.getCursor(), is(cursor(0)));
        PushEvent invalidation = next(gateway);
        assertThat(invalidation.getCursor(), is(cursor(2)));
        assertThat(invalidation.getSessionInvalidation().getEventId(), is("i-1"));
        assertThat(next(gateway).getCursor(), is(cursor(oldest)));
    }

    @Test
    void heartbeatsFollowTheLogEvenIfNoEventMatches() throws Exception {
        var gateway = subscribe(request("").setInterest(Interest.newBuilder().addUserIds(OTHER.toString())));
        assertThat(next(gateway).getNotice().getOpened().getResume(), is(Opened.Resume.FRESH));
        String last = "";
        for (int i = 0; i < 100; i++) { // many times the capacity of the log
            last = publish(USER);
        }
        PushEvent heartbeat = gateway.next();
        while (!heartbeat.getCursor().equals(last)) {
            assertThat(heartbeat.getNotice().hasHeartbeat(), is(true));
            heartbeat = gateway.next();
        }
        String matching = publish(OTHER);
        assertThat(next(gateway).getCursor(), is(matching));
    }

    @Test
    void aClosingHubSendsGoAwayWithRetryAfter() throws Exception {
        var gateway = subscribe(request(""));
        assertThat(next(gateway).getNotice().hasOpened(), is(true));
        server.hub.close();
        PushEvent last = next(gateway);
        assertThat(last.getCursor(), is(""));
        assertThat(last.getNotice().getGoAway().getReason(), is(GoAway.Reason.SHUTDOWN));
        var retryAfter = last.getNotice().getGoAway().getRetryAfter();
        long millis = retryAfter.getSeconds() * 1000 + retryAfter.getNanos() / 1_000_000;
        assertThat(millis, is(both(greaterThanOrEqualTo(200L)).and(lessThan(3000L))));
        assertThat(gateway.status().getDescription(), is("push service stopped"));
    }

    @Test
    void aReplacedGatewayGetsGoAway() throws Exception {
        var older = subscribe(request(""));
        assertThat(next(older).getNotice().hasOpened(), is(true));
        subscribe(request("")).subscribed();
        assertThat(next(older).getNotice().getGoAway().getReason(), is(GoAway.Reason.REPLACED));
        assertThat(older.status().getCode(), is(Status.Code.ABORTED));
    }

    @Test
    void anUnusableCursorFailsTheCallIfRequested() throws Exception {
        publish(USER);
        assertThat(failing("elsewhere-1"), is(Status.Code.OUT_OF_RANGE));
        assertThat(failing(cursor(9)), is(Status.Code.OUT_OF_RANGE));
        assertThat(failing("garbage"), is(Status.Code.INVALID_ARGUMENT));
        for (int i = 0; i < 20; i++) {
            publish(USER);
        }
        assertThat(failing(cursor(1)), is(Status.Code.OUT_OF_RANGE));
    }

    private Status.Code failing(String cursor) throws Exception {
        return subscribe(request(cursor).setOnStale(StalePolicy.FAIL)).status().getCode();
    }

    @Test
    void anInvalidInterestIsRefusedWithTheFieldName() throws Exception {
        assertThat(refusal(Interest.newBuilder().addUserIds("bob")), containsString("interest.user_ids"));
        assertThat(refusal(Interest.newBuilder().addKinds(" ")), containsString("interest.kinds"));
        assertThat(refusal(Interest.newBuilder().setShard(7).setShardCount(7)), containsString("interest.shard"));
        assertThat(refusal(Interest.newBuilder().setShard(1)), containsString("interest.shard"));
    }

    private String refusal(Interest.Builder interest) throws Exception {
        Status status = subscribe(request("").setInterest(interest)).status();
        assertThat(status.getCode(), is(Status.Code.INVALID_ARGUMENT));
        return String.valueOf(status.getDescription());
    }

    @Test
    void aFightOverAnIdEnds() throws Exception {
        var channel = server.channel();
        Status refusal = Status.OK;
        long giveUp = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (refusal.isOk() && System.nanoTime() < giveUp) {
            var newer = new ForeignGateway(channel, request("").build()).readingAll();
            refusal = newer.nextOrEnd().isPresent() ? Status.OK : newer.status();
        }
        assertThat(refusal.getCode(), is(Status.Code.RESOURCE_EXHAUSTED));
        assertThat(server.hub.status().subscribers(), is(1)); // the current holder keeps the id
    }
}
