package app.settings;

import static java.lang.System.Logger.Level.WARNING;

import io.helidon.config.Config;
import io.helidon.config.ConfigException;
import io.helidon.config.ConfigSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Combines the sources of the configuration: the overrides of the command line, system properties, the environment and
 * the file, in descending order of precedence.
 */
final class SettingsLoader {

    private static final System.Logger LOG = System.getLogger(SettingsLoader.class.getName());

    private static final Pattern YAML_POSITION = Pattern.compile("line \\d+, column \\d+");

    /** Names that begin like this are probably meant for the hub. */
    private static final String PREFIX = "push.";

    private final Optional<Path> file;
    private final Map<String, String> overrides;
    private final EnvironmentVariables environment;

    /** @param file a YAML file; empty for {@code etc/application.yaml} of the installation, if it exists */
    SettingsLoader(Optional<Path> file, Map<String, String> overrides) {
        this.file = file.or(SettingsLoader::installedFile);
        this.overrides = overrides;
        this.environment = EnvironmentVariables.of(
                System.getenv(), HubKeys.SINGLE, () -> ServerKeys.read().withoutWildcards());
    }

    private static Optional<Path> installedFile() {
        return Optional.ofNullable(System.getProperty("app.home"))
                .map(home -> Path.of(home, "etc", "application.yaml"))
                .filter(Files::isReadable);
    }

    /**
     * Loads the configuration, and logs a warning for each environment variable and system property that is probably
     * meant for the hub but has no effect.
     *
     * @param reading reads what is needed from the configuration; its second argument is the folder that relative paths
     *     start from
     * @throws SettingsException if the file cannot be read or has an unknown section
     */
    <T> T load(BiFunction<Config, Path, T> reading) {
        environment.warnings().forEach(warning -> LOG.log(WARNING, warning));
        warnOfMisspelledProperties();
        return loadWithoutWarnings(reading);
    }

    private static void warnOfMisspelledProperties() {
        NameSuggestions suggestions = new NameSuggestions(HubKeys.SINGLE, PREFIX);
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> !HubKeys.SECTIONS.contains(HubKeys.section(name)))
                .sorted()
                .forEach(name -> suggestions
                        .suggestionFor(name)
                        .ifPresent(nearest -> LOG.log(
                                WARNING,
                                "the system property " + name + " has no effect: it is not a key of this configuration;"
                                        + " the nearest is " + nearest)));
    }

    /** As {@link #load}, without warnings. */
    <T> T loadWithoutWarnings(BiFunction<Config, Path, T> reading) {
        file.ifPresent(SettingsLoader::requireReadable);
        try {
            Config inFile = file.map(SettingsLoader::read).orElseGet(Config::empty);
            refuseUnknownSections(inFile);
            Config config = Config.builder()
                    .disableSystemPropertiesSource()
                    .disableEnvironmentVariablesSource()
                    .addSource(ConfigSources.create(overrides))
                    .addSource(ConfigSources.systemProperties())
                    .addSource(ConfigSources.create(environment.settings()))
                    .addSource(ConfigSources.create(inFile))
                    .build();
            Path folder = file.map(Path::toAbsolutePath).map(Path::getParent).orElse(Path.of(""));
            return reading.apply(config, folder);
        } catch (ConfigException e) {
            String where = file.map(path -> " " + path).orElse("");
            throw new SettingsException("the configuration" + where + " cannot be read: " + reason(e));
        }
    }

    private static void requireReadable(Path file) {
        try {
            Files.newInputStream(file).close();
        } catch (NoSuchFileException e) {
            throw new SettingsException("the configuration " + file + " cannot be read: there is no such file");
        } catch (IOException e) {
            throw new SettingsException("the configuration " + file + " cannot be read: " + e.getMessage());
        }
    }

    /** Reads the file without resolving references, because a value may refer to a key of another source. */
    private static Config read(Path file) {
        return Config.builder()
                .disableSystemPropertiesSource()
                .disableEnvironmentVariablesSource()
                .disableValueResolving()
                .disableKeyResolving()
                .addSource(ConfigSources.file(file))
                .build();
    }

    private static void refuseUnknownSections(Config file) {
        file.asNodeList().orElse(List.of()).stream()
                .map(Config::name)
                .filter(name -> !HubKeys.SECTIONS.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new SettingsException(name + " is not a section of this configuration; the nearest is "
                            + HubKeys.SECTIONS.nearest(name) + ", and the sections are "
                            + String.join(", ", HubKeys.SECTIONS.withoutWildcards()));
                });
    }

    /** The reason of a failure. For invalid YAML, only its position: the text that the parser quotes may be secret. */
    private static String reason(ConfigException failure) {
        Matcher position = YAML_POSITION.matcher(String.valueOf(failure.getMessage()));
        String last = "";
        while (position.find()) {
            last = position.group();
        }
        return last.isEmpty()
                ? oneLine(failure.getMessage())
                : "it is not valid YAML at " + last + "; put quotes around a value with special characters";
    }

    private static String oneLine(@Nullable String message) {
        return message == null ? "" : message.strip().replaceAll("\\s+", " ");
    }
}
