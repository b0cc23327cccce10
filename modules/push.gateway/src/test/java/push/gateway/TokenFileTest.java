package push.gateway;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFileTest {

    @TempDir
    private Path folder;

    @Test
    void readsATokenWithOrWithoutALineBreak() throws Exception {
        Path file = folder.resolve("token");
        Files.writeString(file, "abc.DEF-_~+/=\r\n");
        assertThat(new TokenFile(file).authorization(), is("Bearer abc.DEF-_~+/="));
        Files.writeString(file, "x");
        assertThat(new TokenFile(file).authorization(), is("Bearer x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", "se cret", "secret\nother", "secrét", "secret\u0000"})
    void rejectsAnInvalidToken(String text) throws Exception {
        Path file = Files.writeString(folder.resolve("token"), text);
        var refused = assertThrows(IllegalArgumentException.class, () -> new TokenFile(file).authorization());
        assertThat(refused.getMessage(), startsWith("token-file must be a file with one token, but was \"" + file));
        assertThat(refused.getMessage(), not(containsString("cret")));
    }

    @Test
    void reportsAMissingFile() {
        var refused = assertThrows(
                IllegalArgumentException.class, () -> new TokenFile(folder.resolve("none")).authorization());
        assertThat(refused.getMessage(), containsString("the file does not exist"));
    }
}
