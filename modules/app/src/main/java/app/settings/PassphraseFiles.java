package app.settings;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code passphrase-file} in Helidon's sections, wherever there can be a {@code passphrase}: the same secret in a
 * {@linkplain SecretFile file of its own}. Helidon does not know the key.
 */
final class PassphraseFiles {

    static final String SUFFIX = "-file";

    private static final String NAME = "passphrase" + SUFFIX;

    /** As of all files of a server's TLS. */
    private static final Path WORKING_FOLDER = Path.of("");

    private PassphraseFiles() {}

    /**
     * Puts what the files say in the place of the passphrases.
     *
     * @param section where to look
     * @return the section with the passphrases, or the section itself where it names no such file
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

    /** The files that are named. */
    static List<Config> files(Config section) {
        return section.traverse()
                .filter(node -> node.isLeaf() && node.name().equals(NAME))
                .toList();
    }

    /** @throws SettingsException if there is both a passphrase and a file with it */
    static void refuseDuplicates(Config section) {
        for (Config file : files(section)) {
            if (section.root().get(secretOf(file)).exists()) {
                throw new SettingsException(
                        file.key().toString(), file.asString().orElse(""), "absent where there is " + secretOf(file));
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
