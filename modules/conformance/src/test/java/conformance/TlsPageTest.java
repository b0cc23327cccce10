package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.FreePort;

/** The commands in docs/tls.md run unchanged, one after the other. */
class TlsPageTest {

    @Test
    void commandsRun(@TempDir Path folder) throws Exception {
        Foreign.install();
        Path programs = Foreign.programs();
        DocPage page = DocPage.of("docs/tls.md").with("8443", FreePort.any());
        page.writeFiles(folder);
        String output = new Commands(folder).run(page.commands(), programs);
        assertThat("number of starts", count(output, "push is ready at https://"), is(3L));
        assertThat(output, containsString("SUBSCRIBERS"));
        assertThat(output, containsString("hello"));
        assertThat(output, containsString("SERVING"));
    }

    private static long count(String text, String part) {
        return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
    }
}
