package app.settings;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "0,0",
        "1,1",
        "1024,1024",
        "1024B,1024",
        "1 KiB,1024",
        "1KiB,1024",
        "64 MiB,67108864",
        "64mib,67108864",
        "2 GiB,2147483648",
        "' 3   KiB ',3072",
        "007,7",
        "999999999999999999,999999999999999999",
        "9007199254740991 KiB,9223372036854774784",
        "8796093022207 MiB,9223372036853727232",
        "8589934591 GiB,9223372035781033984"
    })
    void sizeIsReadInBytes(String text, long bytes) {
        assertThat(ByteSize.parse(text), is(OptionalLong.of(bytes)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740992 KiB",
                "8796093022208 MiB",
                "8589934592 GiB",
                "999999999999999999 GiB",
                "9223372036854775808",
                "99999999999999999999999999"
            })
    void sizeBeyondALongIsRefused(String text) {
        assertThat(ByteSize.parse(text), is(OptionalLong.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "KiB", "-1", "+1", "1.5 MiB", "1 KB", "1 MB", "1k", "1 TiB", "1 KiB x", "0x10", "1_000", "١"
            })
    void anythingElseIsRefused(String text) {
        assertThat(ByteSize.parse(text), is(OptionalLong.empty()));
    }
}
