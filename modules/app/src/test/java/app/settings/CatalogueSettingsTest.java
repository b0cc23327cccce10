package app.settings;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import notification.CatalogueConfig;
import notification.KindRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueSettingsTest {

    @TempDir
    private Path folder;

    /** Loads a configuration with this value of {@code notification.catalogue}. */
    private CatalogueConfig load(String yaml) throws Exception {
        Path file = Files.writeString(folder.resolve("push.yaml"), "notification:\n  catalogue:\n" + yaml.indent(4));
        return Settings.load(Optional.of(file), Map.of()).catalogue();
    }

    private String refusal(String yaml) {
        SettingsException e = assertThrows(SettingsException.class, () -> load(yaml));
        String message = String.valueOf(e.getMessage());
        assertThat("one line", message.lines().count(), is(1L));
        return message;
    }

    @Test
    void everyKeyIsRead() throws Exception {
        CatalogueConfig catalogue = load("""
                open: false
                kinds:
                  - name: mail
                  - name: code
                    session-required: true
                    max-payload: 4 KiB
                    schema: |
                      {"type": "object",
                       "required": ["code"]}
                """);
        assertThat(catalogue.open(), is(false));
        assertThat(catalogue.kinds().size(), is(2));
        assertThat(catalogue.kinds().get(0), is(new KindRules("mail", null, false, 1 << 20)));
        KindRules code = catalogue.kinds().get(1);
        assertThat(code.name(), is("code"));
        assertThat(code.sessionRequired(), is(true));
        assertThat(code.maxPayloadBytes(), is(4096L));
        assertThat(code.schema(), is(notNullValue()));
    }

    @Test
    void pathOfASchemaFileStartsFromTheFolderOfTheConfiguration() throws Exception {
        Files.createDirectory(folder.resolve("schemas"));
        Files.writeString(folder.resolve("schemas/mail.json"), "{\"required\":[\"subject\"]}");
        String yaml = "kinds:\n  - name: mail\n    schema-file: %s\n";
        assertThat(load(yaml.formatted("schemas/mail.json")).kinds().getFirst().schema(), is(notNullValue()));
        String absolute = folder.resolve("schemas/mail.json").toAbsolutePath().toString();
        assertThat(load(yaml.formatted(absolute)).kinds().getFirst().schema(), is(notNullValue()));
    }

    @Test
    void kindsMayBeAbsentOrEmpty() throws Exception {
        assertThat(load("open: true"), is(CatalogueConfig.everything()));
        assertThat(load("kinds: []"), is(CatalogueConfig.everything()));
        assertThat(load("kinds:\n  - name: mail").kinds().getFirst().schema(), is(nullValue()));
    }

    @Test
    void singleKeysCanBeOverridden() throws Exception {
        Path file =
                Files.writeString(folder.resolve("push.yaml"), "notification: {catalogue: {kinds: [{name: mail}]}}");
        Settings settings = Settings.load(
                Optional.of(file),
                Map.of("notification.catalogue.kinds.0.max-payload", "7", "notification.catalogue.open", "false"));
        assertThat(settings.catalogue().open(), is(false));
        assertThat(settings.catalogue().kinds().getFirst().maxPayloadBytes(), is(7L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "open: maybe|open must be true or false, but was \"maybe\"",
                "kinds: mail|kinds must be a list of sections, but was \"mail\"",
                "kinds: [mail]|kinds.0 must be a section with keys below it, but was \"mail\"",
                "kinds: [{schema: '{}'}]|kinds.0.name must be 1 to 256 characters, not blank, but was \"\"",
                "kinds: [{name: ' '}]|kinds.0.name must be 1 to 256 characters, not blank, but was \" \"",
                "kinds: [{name: a}, {name: b}, {name: a}]|kinds.2.name must be a name that no other kind has, but was \"a\"",
                "kinds: [{name: a, session-required: 1}]|kinds.0.session-required must be true or false, but was \"1\"",
                "kinds: [{name: a, max-payload: -1}]|kinds.0.max-payload must be a number of bytes, or a number with KiB, MiB or GiB, at least 2, but was \"-1\"",
                "kinds: [{name: a, max-payload: 1}]|kinds.0.max-payload must be a number of bytes, or a number with KiB, MiB or GiB, at least 2, but was \"1\"",
                "kinds: [{name: a, schema: '{', schema-file: x}]|kinds.0.schema-file must be absent if notification.catalogue.kinds.0.schema is set, but was \"x\""
            })
    void invalidValueIsRefusedWithItsKeyAndWhatIsAllowed(String yaml, String message) {
        assertThat(refusal(yaml), is("notification.catalogue." + message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":\"objekt\"}|at \"/type\"",
                "{|not valid JSON",
                "{\"$ref\":\"http://127.0.0.1:1/s\"}|http://127.0.0.1:1/s",
                "7|integer found"
            })
    void invalidSchemaIsRefusedWithTheReason(String schema, String reason) throws Exception {
        String inline = refusal("kinds: [{name: a, schema: '" + schema + "'}]");
        assertThat(
                inline, startsWith("notification.catalogue.kinds.0.schema must be a JSON Schema of draft 2020-12 ("));
        assertThat(inline, allOf(containsString(reason), containsString("but was \"" + schema + "\"")));

        Files.writeString(folder.resolve("a.json"), schema);
        String file = refusal("kinds: [{name: a, schema-file: a.json}]");
        assertThat(
                file,
                startsWith("notification.catalogue.kinds.0.schema-file must be a JSON Schema of draft 2020-12 ("));
        assertThat(file, allOf(containsString(reason), containsString("but was \"a.json\"")));
    }

    @Test
    void longSchemaIsShortenedInTheMessage() {
        String message = refusal("kinds: [{name: a, schema: '{\"type\":\"" + "x".repeat(1000) + "\"}'}]");
        assertThat(message, not(containsString("x".repeat(100))));
    }

    @Test
    void missingSchemaFileIsNamed() {
        assertThat(
                refusal("kinds: [{name: a, schema-file: none.json}]"),
                is("notification.catalogue.kinds.0.schema-file must be a readable file ("
                        + folder.toAbsolutePath().resolve("none.json") + " does not exist), but was \"none.json\""));
    }

    @Test
    void misspelledKeyOfAKindIsRefusedWithTheNearest() {
        assertThat(
                refusal("kinds: [{name: a, scheme: '{}'}]"),
                is("notification.catalogue.kinds.0.scheme is not a key of this configuration; the nearest is"
                        + " notification.catalogue.kinds.0.schema"));
    }
}
