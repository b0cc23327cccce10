package app.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** A secret in a file, as container platforms provide it: one line of text. */
final class SecretFile {

    /** The largest file, in bytes, including its line break. */
    static final int MAX_BYTES = 4096;

    private static final Pattern LINE_END = Pattern.compile("\\r?\\n\\z");

    private SecretFile() {}

    /**
     * Reads a secret, without the line break at its end.
     *
     * @param key the key that names the file
     * @param name the path of the file; a relative path starts from {@code folder}
     * @throws SettingsException if the file cannot be read, is longer than {@link #MAX_BYTES}, or is not one line of
     *     UTF-8 text that is not blank; the message does not include its content
     */
    static String read(String key, String name, Path folder) {
        byte[] content = content(key, name, folder);
        if (content.length > MAX_BYTES) {
            throw new SettingsException(key, name, "a file of at most " + MAX_BYTES + " bytes");
        }
        String secret = LINE_END.matcher(text(key, name, content)).replaceFirst("");
        if (secret.isBlank()) {
            throw new SettingsException(key, name, "a file that contains a secret (the file is blank)");
        }
        if (secret.chars().anyMatch(c -> c == '\n' || c == '\r')) {
            throw new SettingsException(key, name, "a file with a single line");
        }
        return secret;
    }

    private static byte[] content(String key, String name, Path folder) {
        try (InputStream in = Files.newInputStream(folder.resolve(name))) {
            return in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new SettingsException(key, name, "a readable file (" + e.getFile() + " does not exist)");
        } catch (IOException | InvalidPathException e) {
            throw new SettingsException(key, name, "a readable file (" + e.getMessage() + ")");
        }
    }

    private static String text(String key, String name, byte[] content) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new SettingsException(key, name, "a file of UTF-8 text");
        }
    }
}
