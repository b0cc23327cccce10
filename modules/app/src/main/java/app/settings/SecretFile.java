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

/** A secret in a file of its own, as container platforms hand them out: one line of text. */
final class SecretFile {

    /** In bytes, with the line's end. */
    static final int MAX_BYTES = 4096;

    private static final Pattern LINE_END = Pattern.compile("\\r?\\n\\z");

    private SecretFile() {}

    /**
     * Reads a secret, without the end of its line.
     *
     * @param key the key that names the file
     * @param name the file's name; a relative one starts from the folder
     * @throws SettingsException if the file cannot be read, or is not one line of UTF-8; its content is not shown
     */
    static String read(String key, String name, Path folder) {
        byte[] content = content(key, name, folder);
        if (content.length > MAX_BYTES) {
            throw new SettingsException(key, name, "a file of at most " + MAX_BYTES + " bytes");
        }
        String secret = LINE_END.matcher(text(key, name, content)).replaceFirst("");
        if (secret.isBlank()) {
            throw new SettingsException(key, name, "a file with a secret in it; this one is empty");
        }
        if (secret.chars().anyMatch(c -> c == '\n' || c == '\r')) {
            throw new SettingsException(key, name, "a file of one line");
        }
        return secret;
    }

    private static byte[] content(String key, String name, Path folder) {
        try (InputStream in = Files.newInputStream(folder.resolve(name))) {
            return in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            throw new SettingsException(key, name, "a file; there is no " + e.getFile());
        } catch (IOException | InvalidPathException e) {
            throw new SettingsException(key, name, "a file that can be read (" + e.getMessage() + ")");
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
