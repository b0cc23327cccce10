package conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A page of the documentation, with its commands, programs and files.
 *
 * @param text the Markdown of the page
 */
record DocPage(String text) {

    private static final Path ROOT =
            Path.of(System.getProperty("conformance.modules")).resolve("..").normalize();
    private static final Pattern FILE =
            Pattern.compile("^```\\w+\\n# ([\\w.-]+\\.\\w+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    /** The page in a file, whose path is relative to the root of the sources. */
    static DocPage of(String path) throws IOException {
        return new DocPage(Files.readString(ROOT.resolve(path)));
    }

    /** The same page with each occurrence of a text replaced, such as a port by a free one. */
    DocPage with(String old, Object replacement) {
        if (!text.contains(old)) {
            throw new AssertionError("the page does not have: " + old);
        }
        return new DocPage(text.replace(old, replacement.toString()));
    }

    /** The code blocks in a language, in order. */
    List<String> blocks(String language) {
        return Pattern.compile("^```" + language + "\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL)
                .matcher(text)
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** All commands of the page. */
    String commands() {
        return String.join("", blocks("sh"));
    }

    /** Writes the files of the page: the code blocks that begin with a file name. */
    void writeFiles(Path folder) throws IOException {
        for (MatchResult file : FILE.matcher(text).results().toList()) {
            Files.writeString(folder.resolve(file.group(1)), file.group(2));
        }
    }
}
