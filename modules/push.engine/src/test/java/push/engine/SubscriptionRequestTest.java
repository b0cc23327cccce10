package push.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import push.engine.SubscriptionRequest.Start;

class SubscriptionRequestTest {

    private static void refused(String message, String id) {
        var refused = assertThrows(IllegalArgumentException.class, () -> SubscriptionRequest.of(id, ""));
        assertThat(refused.getMessage(), is(message));
    }

    @Test
    void idIsNotBlank() {
        for (String blank : List.of("", " ", "\t\n")) {
            refused("gateway_client_id is required, and was blank", blank);
        }
        assertThat(SubscriptionRequest.of(" a ", "").gatewayClientId(), is(" a "));
    }

    @Test
    void idIsMeasuredInBytesOfUtf8() {
        assertThat(SubscriptionRequest.MAX_ID_BYTES, is(256));
        for (String letter : List.of("a", "é", "€", "😀")) {
            int bytes = letter.getBytes(UTF_8).length;
            int most = 256 / bytes;
            assertThat(SubscriptionRequest.of(letter.repeat(most), "").gatewayClientId(), is(letter.repeat(most)));
            refused(
                    "gateway_client_id must be at most 256 bytes, and was " + (most + 1) * bytes,
                    letter.repeat(most + 1));
        }
    }

    @Test
    void plainestRequestAsksForEverythingAfterItsCursorAndNothingElse() {
        assertThat(
                SubscriptionRequest.of("g", "e-1"),
                is(new SubscriptionRequest("g", "", "e-1", Start.CURSOR, StalePolicy.LIVE_TAIL, Interest.ALL, false)));
    }
}
