package conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A page of the documentation, with what it prints for its readers to use.
 *
 * @param text its Markdown
 */
record DocPage(String text) {

    private static final Path ROOT =
            Path.of(System.getProperty("conformance.modules")).resolve("..").normalize();
    private static final Pattern FILE =
            Pattern.compile("^```\\w+\\n# ([\\w.-]+\\.\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** The page in a file, whose path starts from the root of the sources. */
    static DocPage of(String path) throws IOException {
        return new DocPage(Files.readString(ROOT.resolve(path)));
    }

    /** The same page with another text in each of these places, such as a free port. */
    DocPage with(String old, Object replacement) {
        if (!text.contains(old)) {
            throw new AssertionError("the page does not have: " + old);
        }
        return new DocPage(text.replace(old, replacement.toString()));
    }

    /** Its blocks of code in a language, in their order. */
    List<String> blocks(String language) {
        return Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** All its commands. */
    String commands() {
        return String.join("", blocks("sh"));
    }

    /** Writes its files, which are the blocks that begin with the name of one. */
    void writeFiles(Path folder) throws IOException {
        for (MatchResult file : FILE.matcher(text).results().toList()) {
            Files.writeString(folder.resolve(file.group(1)), file.group(2));
        }
    }
}
