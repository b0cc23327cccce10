package app.settings;

import static app.SecureServer.askingFor;
import static app.SecureServer.withPem;
import static app.SecureServer.withStore;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.helidon.config.Config;
import io.helidon.config.ConfigSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Certificates;

/** Tests that unusable keys and certificates stop the start, with a message that contains no secret. */
class ServerTlsTest {

    private static final String STORE = "server.tls.private-key.keystore";
    private static final String PEM = "server.tls.private-key.pem";
    private static final String WRONG = "wr0ng-passw0rd";

    @TempDir
    private static Path folder;

    private static Certificates authority;
    private static Certificates.Issued hub;
    private static Certificates.Issued other;

    @BeforeAll
    static void certify() throws Exception {
        authority = Certificates.in(folder);
        hub = authority.issue("hub", "dns:localhost");
        other = authority.issue("other", "dns:localhost");
    }

    @SafeVarargs
    private static Settings settings(Map<String, String>... parts) {
        Map<String, String> all = new HashMap<>();
        for (Map<String, String> part : parts) {
            all.putAll(part);
        }
        return Settings.of(Config.just(ConfigSources.create(all)));
    }

    @SafeVarargs
    private static void refused(Matcher<String> message, Map<String, String>... parts) {
        String said = String.valueOf(
                assertThrows(SettingsException.class, () -> settings(parts)).getMessage());
        assertThat(said, message);
        assertThat(said.lines().count(), is(1L));
        assertThat(said, not(containsString(WRONG)));
        assertThat(said, not(containsString(Certificates.PASSWORD)));
    }

    @Test
    void keyStoresAndPemFilesAreAccepted() {
        Settings store = settings(withStore(hub), askingFor(authority));
        assertThat(ServerTls.of(store.server()).orElseThrow().files(), is(List.of(hub.store(), authority.ca())));
        Settings pem = settings(withPem(hub.key(), hub.cert()));
        assertThat(ServerTls.of(pem.server()).orElseThrow().files(), is(List.of(hub.key(), hub.cert())));
    }

    @Test
    void disabledSectionIsNotRead() {
        Settings off = settings(Map.of("server.tls.enabled", "false"));
        assertThat(ServerTls.of(off.server()), is(Optional.empty()));
        assertThat(ServerTls.of(settings().server()), is(Optional.empty()));
    }

    @Test
    void missingAliasIsRefused() {
        refused(
                is(STORE + ".key.alias must be the alias of a private key in \"" + hub.store()
                        + "\" (aliases: hub), but is \"hubb\""),
                withStore(hub),
                Map.of(STORE + ".key.alias", "hubb"));
    }

    @Test
    void missingDefaultAliasIsRefused() {
        refused(
                allOf(startsWith(STORE + ".key.alias must be"), containsString("\" (aliases: hub), but is \"1\"")),
                Map.of(STORE + ".resource.path", hub.store().toString(), STORE + ".passphrase", Certificates.PASSWORD));
    }

    @Test
    void missingCertificateChainIsRefused() {
        refused(
                is(STORE
                        + ".cert-chain.alias must be the alias of a certificate chain in the key store, but was \"x\""),
                withStore(hub),
                Map.of(STORE + ".cert-chain.alias", "x"));
    }

    @Test
    void wrongPasswordIsRefused() {
        refused(
                is(STORE + ".passphrase must be the password of \"" + hub.store() + "\", but is not"),
                withStore(hub),
                Map.of(STORE + ".passphrase", WRONG));
        refused(
                is(STORE + ".key.passphrase must be the password of the key \"hub\", but is not"),
                withStore(hub),
                Map.of(STORE + ".key.passphrase", WRONG));
    }

    @Test
    void unreadableFilesAreRefused() throws Exception {
        Path none = folder.resolve("none.p12");
        refused(
                is(STORE + ".resource.path must name a file, but \"" + none + "\" does not exist"),
                withStore(hub),
                Map.of(STORE + ".resource.path", none.toString()));
        refused(startsWith(PEM + ".key.resource.path must be a readable file ("), withPem(folder, hub.cert()));
        refused(
                is(STORE + ".resource.path must be a key store of type PKCS12, but was \"" + hub.cert() + "\""),
                withStore(hub),
                Map.of(STORE + ".resource.path", hub.cert().toString()));
        refused(
                is(STORE + ".type must be a key store type that Java supports, such as PKCS12 or JKS, but was \"P12\""),
                withStore(hub),
                Map.of(STORE + ".type", "P12"));
        Path text = Files.writeString(folder.resolve("text.pem"), "no PEM");
        refused(startsWith("server.tls"), withPem(text, hub.cert()));
        refused(startsWith("server.tls"), withPem(hub.key(), text));
    }

    @Test
    void keyOfAnotherCertificateIsRefused() {
        refused(
                is("server.tls.private-key must match its certificate, which is for \"CN=hub\", but does not"),
                withPem(other.key(), hub.cert()));
    }

    @Test
    void incompleteSettingsAreRefused() {
        refused(containsString("server.tls.private-key must name a private key"), Map.of("server.tls.enabled", "true"));
        refused(
                startsWith(PEM + ".cert-chain.resource.path must name a file with the certificate of the private key"),
                Map.of(PEM + ".key.resource.path", hub.key().toString()));
        refused(
                startsWith(
                        "server.tls.trust must name the certificate authorities of clients if server.tls.client-auth is"
                                + " REQUIRED"),
                withStore(hub),
                Map.of("server.tls.client-auth", "REQUIRED"));
    }

    private static Map<String, String> withPassphraseFile(Path file) {
        Map<String, String> settings = new HashMap<>(withStore(hub));
        settings.remove(STORE + ".passphrase");
        settings.put(STORE + ".passphrase-file", file.toString());
        return settings;
    }

    @Test
    void passphraseFileIsReadAgainOnEachLoad(@TempDir Path secrets) throws Exception {
        Path file = Files.writeString(secrets.resolve("passphrase"), Certificates.PASSWORD + "\n");
        Settings settings = settings(withPassphraseFile(file), askingFor(authority));
        // Helidon reads this section too.
        assertThat(
                settings.server()
                        .get("tls.private-key.keystore.passphrase")
                        .asString()
                        .get(),
                is(Certificates.PASSWORD));
        ServerTls tls = ServerTls.of(settings.server()).orElseThrow();
        assertThat(tls.files(), is(List.of(hub.store(), authority.ca(), file)));
        assertThat(tls.load().prototype().privateKeyCertChain().isEmpty(), is(false));
        Files.writeString(file, WRONG);
        assertThat(
                assertThrows(SettingsException.class, tls::load).getMessage(),
                is(STORE + ".passphrase must be the password of \"" + hub.store() + "\", but is not"));
        Files.writeString(file, Certificates.PASSWORD);
        assertThat(tls.load().prototype().privateKeyCertChain().isEmpty(), is(false));
    }

    @Test
    void unusablePassphraseFileIsRefused(@TempDir Path secrets) throws Exception {
        Path file = secrets.resolve("passphrase");
        refused(
                is(STORE + ".passphrase-file must be a readable file (" + file + " does not exist), but was \"" + file
                        + "\""),
                withPassphraseFile(file));
        Files.writeString(file, Certificates.PASSWORD);
        refused(
                is(STORE + ".passphrase-file must be absent if " + STORE + ".passphrase is set, but was \"" + file
                        + "\""),
                withStore(hub),
                Map.of(STORE + ".passphrase-file", file.toString()));
    }
}
