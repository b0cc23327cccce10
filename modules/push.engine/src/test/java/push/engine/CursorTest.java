package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorTest {

    @Test
    void largestSequenceFits() {
        Cursor cursor = new Cursor("e", Long.MAX_VALUE);
        assertThat(Cursor.parse(cursor.toString()), is(Optional.of(cursor)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "e",
                "e-",
                "-1",
                "e--1",
                "e-+1",
                "e-01",
                "e-1 ",
                " e-1",
                "e-1-1",
                "e-x",
                "é-1",
                "e-١",
                "e-9223372036854775808",
                "e-99999999999999999999",
                "a b-1",
                "e\n-1"
            })
    void garbageIsNotACursor(String text) {
        assertThat(Cursor.parse(text), is(Optional.empty()));
    }

    @Test
    void anEpochHasAtMost64Characters() {
        assertThat(Cursor.parse("e".repeat(64) + "-1").isPresent(), is(true));
        assertThat(Cursor.parse("e".repeat(65) + "-1"), is(Optional.empty()));
        assertThat(Cursor.parse("e".repeat(1 << 20) + "-1"), is(Optional.empty()));
    }

    @Test
    void onlyAsciiWordCharactersMakeAnEpoch() {
        String allowed = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
        for (char c = 0; c < 0x3000; c++) {
            boolean present = Cursor.parse(c + "-1").isPresent();
            assertThat("character " + (int) c, present, is(allowed.indexOf(c) >= 0));
        }
    }

    @Test
    void anInvalidCursorCannotBeCreated() {
        assertThrows(IllegalArgumentException.class, () -> new Cursor("a-b", 1));
        assertThrows(IllegalArgumentException.class, () -> new Cursor("e", -1));
    }
}
