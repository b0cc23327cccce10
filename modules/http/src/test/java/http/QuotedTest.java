package http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class QuotedTest {

    @Test
    void shortTextIsQuoted() {
        assertThat(Quoted.of("pigeon"), is("\"pigeon\""));
        assertThat(Quoted.of(""), is("\"\""));
    }

    @Test
    void controlCharactersBecomeQuestionMarks() {
        assertThat(Quoted.cut("a\r\nb\u001b[31m\u0000"), is("a??b?[31m?"));
    }

    @Test
    void longTextIsTruncatedAfter80Characters() {
        assertThat(Quoted.cut("x".repeat(80)), is("x".repeat(80)));
        assertThat(Quoted.cut("x".repeat(81)), is("x".repeat(80) + "…"));
    }

    @Test
    void unpairedSurrogateBecomesAQuestionMark() { // it has no UTF-8 form, so the response could not be encoded
        assertThat(Quoted.cut("a\ud83dz\udc26"), is("a?z?"));
        assertThat(Quoted.cut("x".repeat(79) + "🐦"), is("x".repeat(79) + "?…"));
        assertThat(Quoted.cut("🐦"), is("🐦"));
    }
}
