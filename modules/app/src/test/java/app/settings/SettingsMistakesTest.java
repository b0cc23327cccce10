package app.settings;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.nio.file.*;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsMistakesTest {

    @ParameterizedTest
    @ValueSource(strings = {"push", "notification", "auth"})
    void valueInPlaceOfASectionIsRefused(String key) {
        assertThrows(SettingsException.class, () -> Settings.of(Config.just(ConfigSources.create(Map.of(key, "5")))));
    }

    @Test
    void nodeWithALineBreakIsRefused() {
        assertThrows(
                SettingsException.class,
                () -> Settings.of(Config.just(ConfigSources.create(Map.of("push.node", "a\nb")))));
    }

    @Test
    void missingFileIsSaidToBeMissing() {
        SettingsException e = assertThrows(
                SettingsException.class, () -> Settings.load(Optional.of(Path.of("/nope.yaml")), Map.of()));
        assertThat(e.getMessage(), not(containsString("cannot be read: /nope.yaml")));
    }

    @Test
    void badYamlIsSaidWithItsFileInTheFirstLine(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("bad.yaml"), "push: [\n");
        SettingsException e = assertThrows(SettingsException.class, () -> Settings.load(Optional.of(file), Map.of()));
        assertThat(String.valueOf(e.getMessage()).lines().findFirst().orElse(""), containsString(file.toString()));
    }
}
