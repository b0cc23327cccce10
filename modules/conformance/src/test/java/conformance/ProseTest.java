package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Documentation and comments: spelling, line length, and phrases that a native writer would not use. */
class ProseTest {

    private static final Path ROOT =
            Path.of(System.getProperty("conformance.modules")).resolve("..").normalize();

    private static final int MAX_COLUMNS = 120;

    /** Phrases, comments that start with "That", and names of tests whose subject is missing. */
    private static final Pattern ODD = Pattern.compile(
            "(?i)\\b(whoever|nobody knows|is none that|so much do|see to it that|what(ever)? becomes of|none of ours"
                    + "|left lying|comes round|no hand free|told apart)\\b"
                    + "|/\\*\\*[\\s*]+That\\b"
                    + "|\\bvoid \\w*(?-i:[Ww]hoever|[Nn]obody|[Ss]omebody|ToldApart|ToWhom|sBusiness|HandFree)\\w*\\(");

    @BeforeAll
    static void install() throws Exception {
        Foreign.install();
    }

    private static List<Path> files(String ending, String... places) throws IOException {
        List<Path> found = new ArrayList<>();
        for (String place : places) {
            try (Stream<Path> all = Files.walk(ROOT.resolve(place))) {
                all.filter(file -> file.toString().endsWith(ending))
                        .filter(file -> !file.toString().contains("/target/"))
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static List<Path> pages() throws IOException {
        return files(".md", "README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "docs");
    }

    /** Tables and code may have longer lines. */
    @Test
    void linesOfProseBreakAt120Columns() throws IOException {
        List<String> tooLong = new ArrayList<>();
        for (Path page : pages()) {
            boolean isCode = false;
            int number = 0;
            for (String line : Files.readAllLines(page)) {
                number++;
                isCode ^= line.strip().startsWith("```");
                if (!isCode && !line.startsWith("|") && line.codePointCount(0, line.length()) > MAX_COLUMNS) {
                    tooLong.add(ROOT.relativize(page) + ":" + number);
                }
            }
        }
        assertThat(tooLong, is(empty()));
    }

    @Test
    void phrasesAreThoseOfANativeWriter() throws IOException {
        List<String> odd = new ArrayList<>();
        List<Path> all = new ArrayList<>(pages());
        all.addAll(files(".java", "modules"));
        all.removeIf(file -> file.endsWith("ProseTest.java") || file.endsWith("CONTRIBUTING.md")); // have examples
        for (Path file : all) {
            ODD.matcher(Files.readString(file))
                    .results()
                    .forEach(found -> odd.add(ROOT.relativize(file) + ": " + found.group()));
        }
        assertThat(odd, is(empty()));
    }

    /** {@code .codespellrc} says what is left out, and which words it does not know. */
    @Test
    void spellingIsCorrect() throws Exception {
        Foreign.needs("codespell");
        Process process = new ProcessBuilder("codespell")
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output, process.waitFor(), is(0));
    }
}
