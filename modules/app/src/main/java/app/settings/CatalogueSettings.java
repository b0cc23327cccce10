package app.settings;

import http.Quoted;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import notification.CatalogueConfig;
import notification.KindRules;
import notification.PayloadSchema;
import org.jspecify.annotations.Nullable;

/** Reads {@code notification.catalogue}: the known kinds of notification. */
final class CatalogueSettings {

    static final String OPEN = "notification.catalogue.open";

    private static final String KINDS = "notification.catalogue.kinds";

    /** The keys of each kind, with an asterisk for its number in the list. */
    static final List<String> KEYS_OF_KINDS = List.of(
            KINDS + ".*.max-payload",
            KINDS + ".*.name",
            KINDS + ".*.schema",
            KINDS + ".*.schema-file",
            KINDS + ".*.session-required");

    private static final String ANY_SIZE = Long.toString(KindRules.ANY_SIZE);

    private final SettingsReader reader;
    private final Path folder;

    /** @param folder the folder that relative paths start from */
    CatalogueSettings(SettingsReader reader, Path folder) {
        this.reader = reader;
        this.folder = folder;
    }

    CatalogueConfig read() {
        List<KindRules> kinds = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String key : reader.elements(KINDS)) {
            KindRules kind = kind(key);
            if (!names.add(kind.name())) {
                throw new SettingsException(key + ".name", kind.name(), "a name that no other kind has");
            }
            kinds.add(kind);
        }
        return new CatalogueConfig(reader.flag(OPEN, true), kinds);
    }

    private KindRules kind(String key) {
        return new KindRules(
                reader.text(
                        key + ".name",
                        "",
                        "1 to " + KindRules.MAX_NAME_LENGTH + " characters, not blank",
                        name -> !name.isBlank() && name.codePointCount(0, name.length()) <= KindRules.MAX_NAME_LENGTH),
                schema(key),
                reader.flag(key + ".session-required", false),
                reader.size(key + ".max-payload", ANY_SIZE, KindRules.MIN_PAYLOAD_BYTES));
    }

    private @Nullable PayloadSchema schema(String key) {
        Optional<String> inline = reader.optional(key + ".schema");
        Optional<String> file = reader.optional(key + ".schema-file");
        if (file.isEmpty()) {
            return inline.map(text -> compiled(key + ".schema", text, text)).orElse(null);
        }
        if (inline.isPresent()) {
            throw new SettingsException(key + ".schema-file", file.get(), "absent if " + key + ".schema is set");
        }
        return compiled(key + ".schema-file", file.get(), content(key + ".schema-file", file.get()));
    }

    private static PayloadSchema compiled(String key, String value, String json) {
        try {
            return PayloadSchema.of(json);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(
                    key, Quoted.cut(value.strip()), "a JSON Schema of draft 2020-12 (" + e.getMessage() + ")");
        }
    }

    private String content(String key, String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (NoSuchFileException e) {
            throw new SettingsException(key, file, "a readable file (" + e.getFile() + " does not exist)");
        } catch (MalformedInputException e) {
            throw new SettingsException(key, file, "a file of UTF-8 text");
        } catch (IOException | InvalidPathException e) {
            throw new SettingsException(key, file, "a readable file (" + e.getMessage() + ")");
        }
    }
}
