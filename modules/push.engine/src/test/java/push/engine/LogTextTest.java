package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class LogTextTest {

    @Test
    void logLinesCannotBeForged() {
        assertThat(
                LogText.of("g\r\n2026-01-01 SEVERE all is lost\u001b[2J\u0085\u009b\u2028"),
                is("g??2026-01-01 SEVERE all is lost?[2J???"));
    }

    @Test
    void textIsCutAfterAHundredCharacters() {
        String hundred = "x".repeat(100);
        assertThat(LogText.of(hundred), is(hundred));
        assertThat(LogText.of(hundred + "y"), is(hundred + "…"));
    }

    @Test
    void aMegabyteDoesNotFillTheLog() {
        assertThat(LogText.of("x".repeat(1 << 20)).length(), is(101));
    }
}
