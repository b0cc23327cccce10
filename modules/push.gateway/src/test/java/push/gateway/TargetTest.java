package push.gateway;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {

    @ParameterizedTest
    @CsvSource({"localhost:1,localhost,1", "127.0.0.1:8080,127.0.0.1,8080", "[::1]:65535,::1,65535"})
    void parsesWhatToStringReturns(String text, String host, int port) {
        Target target = Target.parse(text);
        assertThat(target, is(new Target(host, port)));
        assertThat(target.toString(), is(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hub", ":8080", "hub:", "hub:x", "hub:0", "hub:65536", "hub:-1", "::1:8080", "[]:80"})
    void rejectsInvalidTargets(String text) {
        assertThrows(IllegalArgumentException.class, () -> Target.parse(text));
    }

    @Test
    void reportsTheInvalidText() {
        var refused = assertThrows(IllegalArgumentException.class, () -> Target.parse("hub"));
        assertThat(refused.getMessage(), containsString("'hub'"));
    }
}
