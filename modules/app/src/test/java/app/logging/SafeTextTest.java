package app.logging;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SafeTextTest {

    @Test
    void charactersThatCouldForgeALineAreEscaped() {
        assertThat(
                SafeText.of("a\nSEVERE b\r\u001b[31m\u0000\u0085\u2028\u202e", 100),
                is("a\\nSEVERE b\\r\\u001b[31m\\u0000\\u0085\\u2028\\u202e"));
    }

    @Test
    void lettersOfAllScriptsAreKept() {
        assertThat(SafeText.of("Größe 日本 😀", 100), is("Größe 日本 😀"));
    }

    @Test
    void longTextIsShortenedAndReportsIt() {
        assertThat(SafeText.of("abcdef", 4), is("abcd… (2 more characters)"));
        assertThat("a surrogate pair is not split", SafeText.of("abc😀", 4), is("abc… (2 more characters)"));
    }

    @Property
    void resultHasNoControlCharactersAndABoundedLength(@ForAll String text) {
        String line = SafeText.of(text, 50);
        assertThat(line, line.chars().anyMatch(Character::isISOControl), is(false));
        assertThat(line, line.length() <= 50 * 6 + 40, is(true));
    }
}
