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
        for (String blank : List.of("", " ", "\t\n", "\u00a0", "\u2003\u3000 ")) {
            refused("gateway_client_id is required, but was blank", blank);
        }
        assertThat(SubscriptionRequest.of(" a ", "").gatewayClientId(), is(" a "));
    }

    @Test
    void theIdIsMeasuredInBytesOfUtf8() {
        assertThat(SubscriptionRequest.MAX_ID_BYTES, is(256));
        for (String letter : List.of("a", "é", "€", "😀")) {
            int bytes = letter.getBytes(UTF_8).length;
            int most = 256 / bytes;
            assertThat(SubscriptionRequest.of(letter.repeat(most), "").gatewayClientId(), is(letter.repeat(most)));
            refused(
                    "gateway_client_id must be at most 256 bytes, but was " + (most + 1) * bytes,
                    letter.repeat(most + 1));
        }
    }

    @Test
    void idHasNoControlCharactersAndNoLineSeparators() {
        for (int codePoint = 0; codePoint <= 0xffff; codePoint++) {
            String id = "a" + (char) codePoint + "b";
            if (codePoint < 0x20
                    || (codePoint >= 0x7f && codePoint < 0xa0)
                    || codePoint == 0x2028
                    || codePoint == 0x2029) {
                String name = "U+%04X".formatted(codePoint);
                refused("gateway_client_id must not have control characters or line separators, and had " + name, id);
            } else if (codePoint < 0xd800 || codePoint > 0xdfff) {
                assertThat(SubscriptionRequest.of(id, "").gatewayClientId(), is(id));
            }
        }
    }

    @Test
    void idIsUnicodeText() {
        for (String half : List.of("\ud83d", "a\ud83d", "\ude00\ud83d", "\ude00a")) {
            int first = half.codePoints()
                    .filter(c -> Character.getType(c) == Character.SURROGATE)
                    .findFirst()
                    .orElseThrow();
            refused(
                    "gateway_client_id must be Unicode text, and had half of a character, U+%04X".formatted(first),
                    half);
        }
        assertThat(SubscriptionRequest.of("😀", "").gatewayClientId(), is("😀"));
    }

    @Test
    void aTooLongCursorIsCutAndStaysTooLong() {
        String longest = "e".repeat(64) + "-" + Long.MAX_VALUE;
        assertThat(SubscriptionRequest.of("g", longest).cursor(), is(longest));
        for (String tooLong :
                List.of(longest + "0", "e-1" + " ".repeat(100), longest.repeat(1000), "😀".repeat(5000))) {
            String kept = SubscriptionRequest.of("g", tooLong).cursor();
            assertThat(kept.length(), is(longest.length() + 1));
            assertThat(tooLong.startsWith(kept), is(true));
            assertThat(Cursor.parse(kept).isPresent(), is(false));
        }
    }

    @Test
    void theSimplestRequestAsksForAllEventsAfterItsCursor() {
        assertThat(
                SubscriptionRequest.of("g", "e-1"),
                is(new SubscriptionRequest("g", "", "e-1", Start.CURSOR, StalePolicy.LIVE_TAIL, Interest.ALL, false)));
    }
}
