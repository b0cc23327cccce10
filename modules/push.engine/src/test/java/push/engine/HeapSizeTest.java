package push.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeapSizeTest {

    private static final String EMOJI = "😀";

    @Test
    void objectsTakeWholeWords() {
        assertThat(HeapSize.ofObject(16), is(16L));
        assertThat(HeapSize.ofObject(17), is(24L));
        assertThat(HeapSize.ofArray(0), is(16L));
        assertThat(HeapSize.ofArray(1), is(24L));
    }

    @Test
    void aCharacterTakesOneByteInLatin1AndTwoElsewhere() {
        assertThat(HeapSize.ofText("a".repeat(800)), is(40L + 800));
        assertThat(HeapSize.ofText("ÿ".repeat(800)), is(40L + 800));
        assertThat(HeapSize.ofText("a".repeat(799) + "Ā"), is(40L + 1600));
        assertThat(HeapSize.ofText("€".repeat(800)), is(40L + 1600));
        assertThat(HeapSize.ofText(EMOJI.repeat(1024)), is(40L + 4096));
    }

    @Test
    void anEmptyTextIsShared() {
        assertThat(HeapSize.ofText(""), is(0L));
    }

    @Test
    void theLengthInUtf8IsTheNumberOfItsBytes() {
        for (String text : List.of("", "a", "\u007f", "\u0080", "é", "\u07ff", "\u0800", "€", "\uffff", EMOJI)) {
            for (String whole : List.of(text, text + "a", "é" + text, text.repeat(10), EMOJI + text)) {
                assertThat(HeapSize.utf8(whole, HeapSize.bits(whole)), is((long) whole.getBytes(UTF_8).length));
            }
        }
    }
}
