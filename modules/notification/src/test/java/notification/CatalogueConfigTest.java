package notification;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueConfigTest {

    private static KindRules kind(String name) {
        return new KindRules(name, null, false, KindRules.ANY_SIZE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t"})
    void blankNameIsRefused(String name) {
        assertThrows(IllegalArgumentException.class, () -> kind(name));
    }

    @Test
    void nameHasAtMost256Characters() {
        kind("🐦".repeat(256));
        assertThrows(IllegalArgumentException.class, () -> kind("x".repeat(257)));
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 0, 1})
    void tooSmallSizeIsRefused(long size) {
        assertThrows(IllegalArgumentException.class, () -> new KindRules("mail", null, false, size));
    }

    @Test
    void duplicateKindIsRefused() {
        String message = String.valueOf(assertThrows(
                        IllegalArgumentException.class,
                        () -> new CatalogueConfig(true, List.of(kind("a"), kind("b"), kind("a"))))
                .getMessage());
        assertThat(message, is("kinds must not have duplicates, and had \"a\" twice"));
    }
}
