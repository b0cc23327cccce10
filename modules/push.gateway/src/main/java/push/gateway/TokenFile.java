package push.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A file with the bearer token that a client authenticates with. The client reads the file for each connection, so the
 * token can be replaced while the client runs. If the file is invalid, the attempt to connect fails, and the client
 * tries again. Immutable.
 *
 * @param path a text file with one token of 1 to 16,384 printable ASCII characters without spaces; white space around
 *     the token is ignored, including a line break at its end
 */
public record TokenFile(Path path) {

    private static final int MAX_LENGTH = 16_384;

    /**
     * Reads the file and returns the value of the {@code authorization} header: {@code Bearer} and the token.
     *
     * @throws IllegalArgumentException if the file cannot be read or does not contain a valid token; the message names
     *     the file and what is allowed, and never includes the file's content
     */
    public String authorization() {
        String token = read().strip();
        if (token.isEmpty() || token.length() > MAX_LENGTH || !token.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw invalid("a token has 1 to " + MAX_LENGTH + " printable ASCII characters without spaces");
        }
        return "Bearer " + token;
    }

    private String read() {
        try {
            return new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw invalid("the file does not exist");
        } catch (IOException e) {
            throw invalid("the file cannot be read: " + e.getMessage());
        }
    }

    private IllegalArgumentException invalid(String why) {
        return new IllegalArgumentException(
                "token-file must be a file with one token, but was \"" + path + "\": " + why);
    }
}
