package push.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file with the bearer token that a client authenticates with. The client reads it for each connection, so the token
 * can be replaced while the client runs. Immutable.
 *
 * @param path a text file with one token of 1 to 16,384 printable ASCII characters without spaces; white space around
 *     the token is ignored, including a line break at its end
 */
public record TokenFile(Path path) {

    private static final int LONGEST = 16_384;

    /**
     * Reads the file and returns the value of the {@code authorization} header: {@code Bearer} and the token.
     *
     * @throws IllegalArgumentException if the file cannot be read or does not contain a valid token; the message names
     *     the file and what is allowed, and never includes the file's content
     */
    public String authorization() {
        String token = read().strip();
        if (token.isEmpty() || token.length() > LONGEST || !token.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw mistake("it must hold 1 to " + LONGEST + " printable ASCII characters without blanks");
        }
        return "Bearer " + token;
    }

    private String read() {
        try {
            return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw mistake("there is no such file");
        } catch (IOException e) {
            throw mistake("it can't be read: " + e.getMessage());
        }
    }

    private IllegalArgumentException mistake(String why) {
        return new IllegalArgumentException(
                "token-file must be a file with one token, and was \"" + path + "\": " + why);
    }
}
