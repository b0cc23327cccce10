package app.settings;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsLoadTest {

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
    void emptyFileLeavesTheDefaults() throws Exception {
        assertThat(load(file(""), Map.of()).hub().retention().ringCapacity(), is(1024));
    }

    @Test
    void overridesBeatSystemPropertiesAndTheseBeatTheFile() throws Exception {
        Path file = file("push:\n  node: of-the-file\n");
        assertThat(load(file, Map.of()).hub().node(), is("of-the-file"));
        System.setProperty("push.node", "of-the-process");
        assertThat(load(file, Map.of()).hub().node(), is("of-the-process"));
        assertThat(load(file, Map.of("push.node", "of-the-command")).hub().node(), is("of-the-command"));
    }

    @Test
    void installationsFileIsReadWhereNoneIsNamed() throws Exception {
        Path etc = Files.createDirectory(directory.resolve("etc"));
        Files.writeString(etc.resolve("application.yaml"), "push:\n  node: installed\n");
        System.setProperty("app.home", directory.toString());
        assertThat(Settings.load(Optional.empty(), Map.of()).hub().node(), is("installed"));
    }

    @Test
    void installationWithoutAFileHasTheDefaults() {
        System.setProperty("app.home", directory.toString());
        assertThat(Settings.load(Optional.empty(), Map.of()).log(), is("memory"));
    }

    @Test
    void fileThatIsNotThereIsRefusedByItsName() {
        Path none = directory.resolve("none.yaml");
        SettingsException e = assertThrows(SettingsException.class, () -> load(none, Map.of()));
        assertThat(e.getMessage(), startsWith("the configuration " + none + " can't be read: "));
    }

    @Test
    void fileThatIsNoYamlIsRefused() throws Exception {
        Path file = file("push: [\n");
        SettingsException e = assertThrows(SettingsException.class, () -> load(file, Map.of()));
        assertThat(e.getMessage(), containsString("can't be read: "));
    }

    @Test
    void wrongValueInTheFileIsRefusedAsAnywhere() throws Exception {
        Path file = file("push:\n  ring:\n    capacity: 0\n");
        SettingsException e = assertThrows(SettingsException.class, () -> load(file, Map.of()));
        assertThat(e.getMessage(), is("push.ring.capacity must be a whole number from 1 to 1048576, and was \"0\""));
    }

    @Test
    void unknownKeyInTheFileIsRefusedAsAnywhere() throws Exception {
        Path file = file("push:\n  rings:\n    capacity: 1\n");
        SettingsException e = assertThrows(SettingsException.class, () -> load(file, Map.of()));
        assertThat(e.getMessage(), startsWith("push.rings.capacity is no key of this configuration; "));
    }
}
