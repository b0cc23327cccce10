package app.cli;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class CliExceptionTest {

    @Test
    void ownMessageIsNotChanged() {
        assertThat(CliException.explain(new CliException("no hub responds")), is("no hub responds"));
        assertThat(CliException.explain(new IllegalArgumentException("push.log must be")), is("push.log must be"));
    }

    @Test
    void otherFailureIsReportedWithItsType() {
        assertThat(
                CliException.explain(new IllegalStateException("broken")),
                is("java.lang.IllegalStateException: broken"));
        assertThat(CliException.explain(new IllegalArgumentException()), is("java.lang.IllegalArgumentException"));
    }

    @Test
    void onlyTheFirstLineIsReported() {
        assertThat(CliException.explain(new CliException("first\nsecond")), is("first"));
        assertThat(CliException.explain(new CliException("")), is("app.cli.CliException"));
    }
}
