package app.settings;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.helidon.common.media.type.MediaTypes;
import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsLoadTest {

    private static final Pattern YAML = Pattern.compile("(?ms)^```yaml\\n(.*?)^```");

    @TempDir
    private Path directory;

    @AfterEach
    void clearProperties() {
        System.clearProperty("push.node");
        System.clearProperty("app.home");
    }

    private Path file(String yaml) throws IOException {
        return Files.writeString(directory.resolve("push.yaml"), yaml);
    }

    private static Settings load(Path file, Map<String, String> overrides) {
        return Settings.load(Optional.of(file), overrides);
    }

    @Test
    void fileIsRead() throws Exception {
        Settings settings = load(file("""
                push:
                  freshness-window: PT7M
                  ring:
                    max-bytes: 2 MiB
                    capacity: 32
                """), Map.of());
        assertThat(settings.hub().retention().freshnessWindow().toMinutes(), is(7L));
        assertThat(settings.hub().retention().ringMaxBytes(), is(2_097_152L));
        assertThat(settings.hub().retention().ringCapacity(), is(32));
    }

    @Test
    void emptyFileMeansTheDefaults() throws Exception {
        assertThat(load(file(""), Map.of()).hub().retention().ringCapacity(), is(1024));
    }

    @Test
    void overridesPrecedeSystemPropertiesWhichPrecedeTheFile() throws Exception {
        Path file = file("push:\n  node: of-the-file\n");
        assertThat(load(file, Map.of()).hub().node(), is("of-the-file"));
        System.setProperty("push.node", "of-the-process");
        assertThat(load(file, Map.of()).hub().node(), is("of-the-process"));
        assertThat(load(file, Map.of("push.node", "of-the-command")).hub().node(), is("of-the-command"));
    }

    @Test
    void fileOfTheInstallationIsReadIfNoneIsNamed() throws Exception {
        Path etc = Files.createDirectory(directory.resolve("etc"));
        Files.writeString(etc.resolve("application.yaml"), "push:\n  node: installed\n");
        System.setProperty("app.home", directory.toString());
        assertThat(Settings.load(Optional.empty(), Map.of()).hub().node(), is("installed"));
    }

    @Test
    void installationWithoutAFileHasTheDefaults() {
        System.setProperty("app.home", directory.toString());
        assertThat(Settings.load(Optional.empty(), Map.of()).log().kind(), is("memory"));
    }

    @Test
    void missingFileIsRefusedWithItsName() {
        Path none = directory.resolve("none.yaml");
        SettingsException e = assertThrows(SettingsException.class, () -> load(none, Map.of()));
        assertThat(e.getMessage(), startsWith("the configuration " + none + " cannot be read: "));
    }

    @Test
    void invalidYamlIsRefused() throws Exception {
        Path file = file("push: [\n");
        SettingsException e = assertThrows(SettingsException.class, () -> load(file, Map.of()));
        assertThat(e.getMessage(), containsString("cannot be read: "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"@S3CRET", "%S3CRET", "*S3CRET", "S3CRET: x", "\"S3CRET", "|S3CRET", "{S3CRET", "!!S3CRET x", "&"
            })
    void secretInInvalidYamlIsNotShown(String secret) throws Exception {
        Path file = file("auth:\n  db:\n    password: " + secret + "\n");
        try {
            String _ = load(file, Map.of()).database().password();
        } catch (SettingsException e) {
            assertThat(e.getMessage(), not(containsString("S3CRET")));
        }
    }

    @Test
    void invalidValueInTheFileIsRefused() throws Exception {
        Path file = file("push:\n  ring:\n    capacity: 0\n");
        SettingsException e = assertThrows(SettingsException.class, () -> load(file, Map.of()));
        assertThat(e.getMessage(), is("push.ring.capacity must be a whole number from 1 to 1048576, but was \"0\""));
    }

    @Test
    void unknownKeyInTheFileIsRefused() throws Exception {
        Path file = file("push:\n  rings:\n    capacity: 1\n");
        SettingsException e = assertThrows(SettingsException.class, () -> load(file, Map.of()));
        assertThat(
                e.getMessage(),
                is("push.rings.capacity is not a key of this configuration; the nearest is push.ring.capacity"));
    }

    @Test
    void unknownSectionInTheFileIsRefusedWithTheNearest() throws Exception {
        Path file = file("psuh:\n  node: a\n");
        SettingsException e = assertThrows(SettingsException.class, () -> load(file, Map.of()));
        assertThat(
                e.getMessage(),
                is("psuh is not a section of this configuration; the nearest is push, and the sections are auth,"
                        + " notification, push, requests, server, tracing"));
    }

    @Test
    void listsInTheFileAreKept() throws Exception {
        Path file = file("server: { hosts: [a.example, b.example], tls: { enabled: false, cipher-suite: [A, B] } }\n");
        Settings settings = load(file, Map.of("server.port", "0"));
        assertThat(settings.hosts(), is(Set.of("a.example", "b.example")));
        assertThat(
                settings.server().get("tls.cipher-suite").asList(String.class).get(), is(List.of("A", "B")));
    }

    @Test
    void valueInTheFileMayReferToASystemProperty() throws Exception {
        System.setProperty("push.node", "of-the-process");
        Path file = file("auth: { db: { url: 'jdbc:h2:mem:${push.node}' } }\n");
        assertThat(load(file, Map.of()).database().url(), is("jdbc:h2:mem:of-the-process"));
    }

    @Test
    void pathOfThePasswordFileStartsFromTheFolderOfTheConfiguration() throws Exception {
        Files.writeString(directory.resolve("password"), "s3cret");
        Path file = file("auth: { db: { password-file: password } }\n");
        assertThat(load(file, Map.of()).database().password(), is("s3cret"));
    }

    /** Checks the file of the distribution and every example in the documentation. */
    @Test
    void everyKeyOfTheDocumentationIsKnown() throws Exception {
        KnownKeys server = ServerKeys.read();
        List<String> unknown = new ArrayList<>();
        int known = 0;
        for (String yaml : documented()) {
            Config config = Config.just(ConfigSources.create(yaml, MediaTypes.APPLICATION_X_YAML));
            if (config.get("scrape_configs").exists()) {
                continue; // an example for Prometheus
            }
            for (String key : config.traverse()
                    .filter(Config::isLeaf)
                    .map(leaf -> leaf.key().toString())
                    .toList()) {
                if (HubKeys.ALL.contains(key) || server.contains(key)) {
                    known++;
                } else {
                    unknown.add(key);
                }
            }
        }
        assertThat(unknown, is(List.of()));
        assertThat(known, is(greaterThan(40)));
    }

    private static List<String> documented() throws IOException {
        Path root = Path.of("../..");
        List<String> texts = new ArrayList<>();
        texts.add(Files.readString(root.resolve("etc/application.yaml")));
        try (Stream<Path> pages = Files.list(root.resolve("docs"))) {
            for (Path page :
                    pages.filter(path -> path.toString().endsWith(".md")).toList()) {
                YAML.matcher(Files.readString(page)).results().forEach(block -> texts.add(block.group(1)));
            }
        }
        return texts;
    }
}
