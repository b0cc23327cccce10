package app.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import push.protocol.v1.ClientEvent;
import push.protocol.v1.PushEvent;

class EventTextHostileInputTest {

    private static PushEvent event(String kind, String payload) {
        return PushEvent.newBuilder()
                .setCursor("e-1")
                .setClientEvent(ClientEvent.newBuilder()
                        .setUserId("u")
                        .setKind(kind)
                        .setPayload(ByteString.copyFromUtf8(payload)))
                .build();
    }

    @Test
    void anEventWithAnyKindIsOneLine() {
        assertThat(EventText.line(event("a\nb", "{}")).lines().count(), is(1L));
    }

    @Test
    void anEventWithAnyPayloadIsOneLine() {
        assertThat(EventText.line(event("a", "{\n}")).lines().count(), is(1L));
    }

    @Test
    void controlCharactersAreRemoved() {
        assertThat(EventText.line(event("a\u001b[2J", "{}")), not(containsString("\u001b")));
    }

    @Test
    void aPayloadThatIsNotJsonIsPrintedUnchanged() {
        assertThat(EventText.json(event("a", "nonsense")), containsString("\"cursor\":\"e-1\""));
    }

    @Test
    void emptyPayloadIsOmitted() {
        assertThat(
                EventText.json(event("a", "")),
                is("{\"cursor\":\"e-1\",\"client_event\":{\"user_id\":\"u\",\"kind\":\"a\"}}"));
    }
}
