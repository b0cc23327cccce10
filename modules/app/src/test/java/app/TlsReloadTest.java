package app;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import app.settings.ServerTls;
import app.settings.Settings;
import io.helidon.common.tls.Tls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Certificates;
import threads.LongLived;
import threads.ThreadWatch;

/** Tests certificates that are renewed while the hub runs. */
class TlsReloadTest {

    @Test
    void renewedFilesAreUsedOnceTheyAreComplete(@TempDir Path issued, @TempDir Path used) throws Exception {
        Certificates authority = Certificates.in(issued);
        Certificates.Issued before = authority.issue("before", "dns:localhost");
        Certificates.Issued after = authority.issue("after", "dns:localhost");
        Path key = Files.copy(before.key(), used.resolve("hub.key"));
        Path cert = Files.copy(before.cert(), used.resolve("hub.pem"));
        Settings settings = SecureServer.settings(used, SecureServer.withPem(key, cert));
        List<String> subjects = new ArrayList<>();
        TlsReload reload =
                new TlsReload(ServerTls.of(settings.server()).orElseThrow(), tls -> subjects.add(subject(tls)));
        assertThat("nothing has changed", reload.check(), is(false));
        Files.copy(after.cert(), cert, StandardCopyOption.REPLACE_EXISTING);
        assertThat("the key still belongs to the old certificate", reload.check(), is(false));
        Files.delete(key);
        assertThat("there is no key", reload.check(), is(false));
        Files.copy(after.key(), key);
        assertThat(reload.check(), is(true));
        assertThat(reload.check(), is(false));
        assertThat(subjects, is(List.of("CN=after")));
    }

    @Test
    void checkingContinuesAfterErrors(@TempDir Path issued, @TempDir Path used) throws Exception {
        Certificates authority = Certificates.in(issued);
        Certificates.Issued before = authority.issue("before", "dns:localhost");
        Path key = Files.copy(before.key(), used.resolve("hub.key"));
        Path cert = Files.copy(before.cert(), used.resolve("hub.pem"));
        Settings settings = SecureServer.settings(used, SecureServer.withPem(key, cert));
        long failures = ThreadWatch.failures(LongLived.TLS_RELOAD);
        AtomicInteger attempts = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(1);
        try (TlsReload reload = new TlsReload(ServerTls.of(settings.server()).orElseThrow(), tls -> {
            if (attempts.incrementAndGet() <= 2) {
                throw new StackOverflowError("test");
            }
            done.countDown();
        })) {
            Files.writeString(cert, "\n", StandardOpenOption.APPEND); // changes the file but not the certificate
            reload.start(Duration.ofMillis(1));
            assertThat(done.await(20, TimeUnit.SECONDS), is(true));
        }
        assertThat(ThreadWatch.failures(LongLived.TLS_RELOAD) - failures, is(2L));
    }

    private static String subject(Tls tls) {
        X509Certificate first = tls.prototype().privateKeyCertChain().getFirst();
        return first.getSubjectX500Principal().getName();
    }
}
