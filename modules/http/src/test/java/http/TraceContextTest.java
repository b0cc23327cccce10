package http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceContextTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-ff",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-the-future-brings",
                "fe-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-"
            })
    void traceIdIsRead(String header) {
        assertThat(TraceContext.parse(header), is(new TraceContext(header)));
        assertThat(TraceContext.parse(header).traceId(), is(TRACE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "0af7651916cd43dd8448eb211c80319c",
                "ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-00000000000000000000000000000000-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
                "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c0-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b716920333-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-1",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331",
                "0-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "0g-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319g-b7ad6b7169203331-01",
                "00 0af7651916cd43dd8448eb211c80319c b7ad6b7169203331 01",
                " 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
                "01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01more"
            })
    void malformedHeaderIsIgnored(String header) {
        assertThat(TraceContext.parse(header), is(new TraceContext("")));
        assertThat(TraceContext.parse(header).traceId(), is(""));
    }

    @Test
    void headerOfALaterVersionIsAcceptedUpToTheMaximumLength() {
        String header = "01-" + TRACE + "-b7ad6b7169203331-01-";
        assertThat(
                TraceContext.parse(header + "x".repeat(256 - header.length())).traceId(), is(TRACE));
        assertThat(
                TraceContext.parse(header + "x".repeat(257 - header.length())).traceId(), is(""));
    }
}
