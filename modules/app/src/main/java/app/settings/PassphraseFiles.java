package app.settings;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The key {@code passphrase-file}, which is valid in Helidon's sections wherever {@code passphrase} is. It names a
 * {@linkplain SecretFile file} that contains the passphrase. Helidon itself does not know this key.
 */
final class PassphraseFiles {

    static final String SUFFIX = "-file";

    private static final String NAME = "passphrase" + SUFFIX;

    /** The folder that relative paths start from, as for all TLS files of the server. */
    private static final Path WORKING_FOLDER = Path.of("");

    private PassphraseFiles() {}

    /**
     * Reads the files and adds their content as passphrases.
     *
     * @param section the section to search
     * @return the section with the passphrases; the section itself if it names no such file
     * @throws SettingsException if a file cannot be used
     */
    static Config resolve(Config section) {
        Map<String, String> secrets = new HashMap<>();
        for (Config file : files(section)) {
            String key = file.key().toString();
            String secret = SecretFile.read(key, file.asString().orElse(""), WORKING_FOLDER);
            secrets.put(secretOf(file), secret);
        }
        return secrets.isEmpty() ? section : with(secrets, section);
    }

    /** All {@code passphrase-file} keys in a section. */
    static List<Config> files(Config section) {
        return section.traverse()
                .filter(node -> node.isLeaf() && node.name().equals(NAME))
                .toList();
    }

    /** @throws SettingsException if the same passphrase is set directly and in a file */
    static void refuseDuplicates(Config section) {
        for (Config file : files(section)) {
            if (section.root().get(secretOf(file)).exists()) {
                throw new SettingsException(
                        file.key().toString(), file.asString().orElse(""), "absent if " + secretOf(file) + " is set");
            }
        }
    }

    private static String secretOf(Config file) {
        String key = file.key().toString();
        return key.substring(0, key.length() - SUFFIX.length());
    }

    private static Config with(Map<String, String> secrets, Config section) {
        return Config.builder()
                .disableSystemPropertiesSource()
                .disableEnvironmentVariablesSource()
                .disableValueResolving() // a secret may look like a reference
                .disableKeyResolving()
                .addSource(ConfigSources.create(secrets))
                .addSource(ConfigSources.create(section.root()))
                .build()
                .get(section.key());
    }
}
