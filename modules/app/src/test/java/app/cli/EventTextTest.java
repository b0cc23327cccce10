package app.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import com.google.protobuf.ByteString;
import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import org.junit.jupiter.api.Test;
import push.protocol.v1.ClientEvent;
import push.protocol.v1.Gap;
import push.protocol.v1.GoAway;
import push.protocol.v1.Heartbeat;
import push.protocol.v1.Notice;
import push.protocol.v1.Opened;
import push.protocol.v1.PushEvent;
import push.protocol.v1.SessionInvalidation;

class EventTextTest {

    private static final String USER = "0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c";
    private static final String SESSION = "11111111-2222-4333-8444-555555555555";

    private static PushEvent clientEvent(ClientEvent.Builder event, String payload) {
        return PushEvent.newBuilder()
                .setCursor("e-1")
                .setClientEvent(event.setPayload(ByteString.copyFromUtf8(payload)))
                .build();
    }

    private static PushEvent notice(Notice.Builder notice) {
        return PushEvent.newBuilder().setCursor("e-9").setNotice(notice).build();
    }

    private static final PushEvent INVALIDATION = PushEvent.newBuilder()
            .setCursor("e-2")
            .setSessionInvalidation(SessionInvalidation.newBuilder()
                    .setUserId(USER)
                    .setDeviceSessionId(SESSION)
                    .setReason("lost phone")
                    .setEventId("i-1"))
            .build();

    @Test
    void clientEventHasFieldNamesOfTheProtoAndAJsonPayload() {
        ClientEvent.Builder event = ClientEvent.newBuilder()
                .setUserId(USER)
                .setDeviceSessionId(SESSION)
                .setKind("mail")
                .setEventId("n-1")
                .setRequestId("r-1")
                .setTraceId("0af7651916cd43dd8448eb211c80319c");
        assertThat(
                EventText.json(
                        clientEvent(event, "{\"subject\": \"Grüße 🐦\", \"n\": 1.10, \"deep\": {\"a\": [1, null]}}")),
                is(
                        "{\"cursor\":\"e-1\",\"client_event\":{\"user_id\":\"" + USER + "\",\"device_session_id\":\""
                                + SESSION
                                + "\",\"kind\":\"mail\",\"payload\":{\"subject\":\"Grüße 🐦\",\"n\":1.10,\"deep\":{\"a\":[1,null]}},"
                                + "\"event_id\":\"n-1\",\"request_id\":\"r-1\",\"trace_id\":\"0af7651916cd43dd8448eb211c80319c\"}}"));
    }

    @Test
    void emptyFieldsAreOmitted() {
        ClientEvent.Builder event = ClientEvent.newBuilder().setUserId(USER).setKind("mail");
        assertThat(
                EventText.json(clientEvent(event, "{}")),
                is("{\"cursor\":\"e-1\",\"client_event\":{\"user_id\":\"" + USER
                        + "\",\"kind\":\"mail\",\"payload\":{}}}"));
    }

    @Test
    void payloadWithSeveralLinesIsPrintedOnOneLine() {
        ClientEvent.Builder event = ClientEvent.newBuilder().setUserId(USER).setKind("mail");
        assertThat(
                EventText.json(clientEvent(event, "{\n  \"a\": 1\n}\n")),
                is("{\"cursor\":\"e-1\",\"client_event\":{\"user_id\":\"" + USER
                        + "\",\"kind\":\"mail\",\"payload\":{\"a\":1}}}"));
    }

    @Test
    void invalidationHasFieldNamesOfTheProto() {
        assertThat(
                EventText.json(INVALIDATION),
                is("{\"cursor\":\"e-2\",\"session_invalidation\":{\"user_id\":\"" + USER + "\",\"device_session_id\":\""
                        + SESSION + "\",\"reason\":\"lost phone\",\"event_id\":\"i-1\"}}"));
    }

    @Test
    void timeAndTraceOfThePublicationAreShown() {
        PushEvent event = INVALIDATION.toBuilder()
                .clearSessionInvalidation()
                .setSessionInvalidation(SessionInvalidation.newBuilder().setUserId(USER))
                .setPublishedAt(Timestamp.newBuilder().setSeconds(1_767_261_600))
                .setTraceparent("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                .build();
        assertThat(
                EventText.json(event),
                is("{\"cursor\":\"e-2\",\"session_invalidation\":{\"user_id\":\"" + USER
                        + "\"},\"published_at\":\"2026-01-01T10:00:00Z\","
                        + "\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"}"));
    }

    @Test
    void noticesHaveFieldNamesOfTheProto() {
        assertThat(
                EventText.json(notice(Notice.newBuilder()
                        .setOpened(Opened.newBuilder()
                                .setResume(Opened.Resume.OTHER_EPOCH)
                                .setReplayed(3)
                                .setNode("hub-1")))),
                is(
                        "{\"cursor\":\"e-9\",\"notice\":{\"opened\":{\"resume\":\"OTHER_EPOCH\",\"replayed\":3,\"node\":\"hub-1\"}}}"));
        assertThat(
                EventText.json(notice(Notice.newBuilder()
                        .setGap(Gap.newBuilder()
                                .setFromCursor("e-1")
                                .setToCursor("e-8")
                                .setMissed(7)
                                .setReason(Gap.Reason.SLOW_CONSUMER)
                                .setInvalidationsMissed(true)))),
                is(
                        "{\"cursor\":\"e-9\",\"notice\":{\"gap\":{\"from_cursor\":\"e-1\",\"to_cursor\":\"e-8\",\"missed\":\"7\","
                                + "\"reason\":\"SLOW_CONSUMER\",\"invalidations_missed\":true}}}"));
        assertThat(
                EventText.json(notice(Notice.newBuilder()
                        .setGoAway(GoAway.newBuilder()
                                .setReason(GoAway.Reason.SHUTDOWN)
                                .setRetryAfter(Duration.newBuilder().setSeconds(2))))),
                is("{\"cursor\":\"e-9\",\"notice\":{\"go_away\":{\"reason\":\"SHUTDOWN\",\"retry_after\":\"2s\"}}}"));
        assertThat(
                EventText.json(notice(Notice.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()))),
                is("{\"cursor\":\"e-9\",\"notice\":{\"heartbeat\":{}}}"));
    }

    @Test
    void lineOfAClientEventHasUserSessionAndPayload() {
        ClientEvent.Builder event = ClientEvent.newBuilder().setUserId(USER).setKind("mail");
        assertThat(
                EventText.line(clientEvent(event, "{\"a\":1}")),
                is("e-1  client_event  mail  user " + USER + "  every session  {\"a\":1}"));
        assertThat(
                EventText.line(clientEvent(event.setDeviceSessionId(SESSION), "{}")),
                is("e-1  client_event  mail  user " + USER + "  session " + SESSION + "  {}"));
    }

    @Test
    void lineOfAnInvalidationHasTheReasonIfThereIsOne() {
        assertThat(
                EventText.line(INVALIDATION),
                is("e-2  session_invalidation  user " + USER + "  session " + SESSION + "  reason lost phone"));
        PushEvent silent = PushEvent.newBuilder()
                .setCursor("e-3")
                .setSessionInvalidation(SessionInvalidation.newBuilder().setUserId(USER))
                .build();
        assertThat(EventText.line(silent), is("e-3  session_invalidation  user " + USER + "  every session"));
    }

    @Test
    void lineOfANoticeHasItsContent() {
        Notice.Builder opened = Notice.newBuilder()
                .setOpened(Opened.newBuilder()
                        .setResume(Opened.Resume.STALE)
                        .setReplayed(2)
                        .setNode("n"));
        assertThat(EventText.line(notice(opened)), is("e-9  notice  opened  STALE  replayed 2  node n"));
        Notice.Builder gap = Notice.newBuilder()
                .setGap(Gap.newBuilder()
                        .setFromCursor("e-1")
                        .setToCursor("e-8")
                        .setMissed(7)
                        .setReason(Gap.Reason.SLOW_CONSUMER));
        assertThat(
                EventText.line(notice(gap)),
                is("e-9  notice  gap  SLOW_CONSUMER  from e-1 to e-8  missed 7 client events"));
        Notice.Builder goAway = Notice.newBuilder()
                .setGoAway(GoAway.newBuilder()
                        .setReason(GoAway.Reason.SHUTDOWN)
                        .setRetryAfter(Duration.newBuilder().setSeconds(1).setNanos(250_000_000)));
        assertThat(EventText.line(notice(goAway)), is("e-9  notice  go_away  SHUTDOWN  retry after 1250 ms"));
        assertThat(
                EventText.line(notice(Notice.newBuilder())),
                is("e-9  notice  of a kind that this version does not know"));
    }

    @Test
    void lineOfAnyOtherMessageNamesItsKind() {
        assertThat(
                EventText.line(notice(Notice.newBuilder().setHeartbeat(Heartbeat.getDefaultInstance()))),
                is("e-9  notice  heartbeat"));
        assertThat(
                EventText.line(PushEvent.newBuilder().setCursor("e-4").build()),
                is("e-4  an event of a kind that this version does not know"));
    }
}
