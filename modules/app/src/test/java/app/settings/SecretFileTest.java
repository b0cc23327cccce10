package app.settings;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFileTest {

    private static final String KEY = "auth.db.password-file";
    private static final String NAME = "secret";

    @TempDir
    Path folder;

    private String read(String content) throws IOException {
        return read(content.getBytes(StandardCharsets.UTF_8));
    }

    private String read(byte[] content) throws IOException {
        Files.write(folder.resolve(NAME), content);
        return SecretFile.read(KEY, NAME, folder);
    }

    private static void assertSays(SettingsException e, String allowed) {
        assertThat(
                e.getMessage(),
                allOf(
                        startsWith(KEY + " must be " + allowed),
                        endsWith(", but was \"" + NAME + "\""),
                        not(containsString("s3cret"))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "s3cret\n", "s3cret\r\n"})
    void lineBreakIsNotPartOfTheSecret(String content) throws Exception {
        assertThat(read(content), is("s3cret"));
    }

    @ParameterizedTest
    @ValueSource(strings = {" s3cret ", "s3cret\t", "${path}", "sécret€😀"})
    void everythingElseIsPartOfTheSecret(String content) throws Exception {
        assertThat(read(content), is(content));
    }

    @ParameterizedTest
    @CsvSource({
        "'', a file that contains a secret (the file is blank)",
        "'\n', a file that contains a secret (the file is blank)",
        "' \t\n', a file that contains a secret (the file is blank)",
        "'s3cret\n\n', a file with a single line",
        "'s3cret\nmore', a file with a single line",
        "'s3cret\rmore', a file with a single line"
    })
    void fileWithoutExactlyOneLineIsRefusedAndItsContentNotShown(String content, String allowed) {
        assertSays(assertThrows(SettingsException.class, () -> read(content)), allowed);
    }

    @Test
    void fileMayHaveAtMost4096Bytes() throws Exception {
        assertThat(read("s".repeat(4096)).length(), is(4096));
        assertSays(
                assertThrows(SettingsException.class, () -> read("s3cret" + "s".repeat(4091))),
                "a file of at most 4096 bytes");
    }

    @Test
    void invalidUtf8IsRefused() {
        byte[] latin1 = "s3cret\u00e9".getBytes(StandardCharsets.ISO_8859_1);
        assertSays(assertThrows(SettingsException.class, () -> read(latin1)), "a file of UTF-8 text");
    }

    @Test
    void missingFileIsNamedWithItsFolder() {
        SettingsException e = assertThrows(SettingsException.class, () -> SecretFile.read(KEY, NAME, folder));
        assertSays(e, "a readable file (" + folder.resolve(NAME) + " does not exist)");
    }

    @Test
    void unreadableFileIsRefusedWithTheReason() throws Exception {
        Files.createDirectory(folder.resolve(NAME));
        assertSays(
                assertThrows(SettingsException.class, () -> SecretFile.read(KEY, NAME, folder)),
                "a readable file (Is a directory)");
        SettingsException e = assertThrows(SettingsException.class, () -> SecretFile.read(KEY, "a\0b", folder));
        assertThat(e.getMessage(), startsWith(KEY + " must be a readable file ("));
    }
}
