package app.settings;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerKeysTest {

    private static final KnownKeys KEYS = ServerKeys.read();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server.host",
                "server.port",
                "server.hosts",
                "server.hosts.1",
                "server.backlog",
                "server.idle-connection-timeout",
                "server.max-tcp-connections",
                "server.connection-options.read-timeout",
                "server.connection-options.socket-send-buffer-size",
                "server.error-handling.include-entity",
                "server.concurrency-limit.aimd.max-limit",
                "server.concurrency-limit.fixed.permits",
                "server.requested-uri-discovery.trusted-proxies.allow.exact",
                "server.requested-uri-discovery.trusted-proxies.allow.exact.0",
                "server.requested-uri-discovery.types.0",
                "server.tls.enabled",
                "server.tls.client-auth",
                "server.tls.cipher-suite",
                "server.tls.cipher-suite.0",
                "server.tls.protocols.1",
                "server.tls.private-key.pem.key.resource.path",
                "server.tls.private-key.pem.key.resource.resource-path",
                "server.tls.private-key.pem.key.passphrase",
                "server.tls.private-key.pem.key.passphrase-file",
                "server.tls.private-key.pem.cert-chain.resource.content-plain",
                "server.tls.private-key.keystore.key.alias",
                "server.tls.private-key.keystore.key.passphrase-file",
                "server.tls.private-key.keystore.passphrase-file",
                "server.tls.trust.pem.certificates.resource.path",
                "server.tls.trust.0.pem.certificates.resource.path",
                "server.tls.trust.keystore.trust-store",
                "server.tls.revocation.enabled",
                "server.sockets.admin.port",
                "server.sockets.0.name",
                "server.sockets.admin.tls.private-key.keystore.passphrase",
                "server.protocols.http_1_1.max-headers-size",
                "server.protocols.http_1_1.validate-request-headers",
                "server.protocols.http_1_1.log.recv-log",
                "server.protocols.http_1_1.requested-uri-discovery.enabled",
                "server.protocols.http_2.max-concurrent-streams",
                "server.features.grpc-reflection.enabled",
                "server.features.0.type",
                "server.features.0.grpc-reflection.enabled",
                "server.features-discover-services",
                "server.media-context.fallback.register-defaults"
            })
    void helidonsKeysAreKnown(String key) {
        assertThat(KEYS.contains(key), is(true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "server.prot",
                "server.port.number",
                "server.hosts.first",
                "server.backlog.0",
                "server.tls",
                "server.tls.client-auht",
                "server.tls.private-key.pem.path",
                "server.tls.private-key.keystore.passphrase-files",
                "server.tls.trust.pem.certificate.resource.path",
                "server.sockets.port",
                "server.sockets.admin.prot",
                "server.protocols.http_1.max-headers-size",
                "server.protocols.http_1_1.max-header-size",
                "server.features.reflection.enabled",
                "servers.port"
            })
    void otherKeysAreNotKnown(String key) {
        assertThat(KEYS.contains(key), is(false));
    }

    @Test
    void nearestKeyIsInTheSameSocket() {
        assertThat(KEYS.nearest("server.sockets.admin.tls.client-auht"), is("server.sockets.admin.tls.client-auth"));
    }
}
