package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamResponseTest {

    @ParameterizedTest
    @CsvSource({"plain text,plain text", "100%,100%25", "é,%C3%A9", "'a\tb',a%09b"})
    void onlyPrintableAsciiIsNotEncoded(String text, String encoded) {
        assertThat(StreamResponse.percentEncoded(text), is(encoded));
    }

    @Test
    void aMessageIsCutAfterTheLastCharacterThatFits() {
        assertThat(StreamResponse.percentEncoded("x".repeat(1_024)), is("x".repeat(1_024)));
        assertThat(StreamResponse.percentEncoded("x".repeat(1_025)), is("x".repeat(1_024)));
        assertThat(StreamResponse.percentEncoded("x".repeat(1_020) + "éy"), is("x".repeat(1_020)));
        assertThat(StreamResponse.percentEncoded("x".repeat(1_018) + "éy"), is("x".repeat(1_018) + "%C3%A9"));
        assertThat(StreamResponse.percentEncoded("\ud83d\ude00".repeat(1_000)), is("%F0%9F%98%80".repeat(1_024 / 12)));
    }
}
