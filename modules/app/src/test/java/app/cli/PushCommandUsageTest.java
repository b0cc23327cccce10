package app.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PushCommandUsageTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status --target nonsense",
                "status --target host:0",
                "status --target h_o<st:80",
                "tail --count 0",
                "tail --target nonsense",
                "serve --port 70000",
                "notify --user u --kind k --payload {n:1}"
            })
    void valueThatCannotBeIsWrongUsage(String line) {
        assertThat(PushCommand.run(line.split(" ", -1)), is(2));
    }
}
