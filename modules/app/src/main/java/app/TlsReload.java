package app;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import app.settings.ServerTls;
import app.settings.SettingsException;
import io.helidon.common.tls.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import threads.LongLived;
import threads.Steps;

/**
 * Puts renewed keys and certificates into use for new connections. Files that are unusable or only partly written
 * change nothing: the previous keys and certificates stay in use until the new files are complete.
 */
final class TlsReload implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(TlsReload.class.getName());
    private static final Duration INTERVAL = Duration.ofSeconds(2);

    private final ServerTls tls;
    private final Consumer<Tls> use;
    private final CountDownLatch stopped = new CountDownLatch(1);

    // Only the watching thread uses it.
    private List<String> seen;

    /** Treats the current content of the files as already in use. */
    TlsReload(ServerTls tls, Consumer<Tls> use) {
        this.tls = tls;
        this.use = use;
        this.seen = contents();
    }

    /** Starts a thread that checks the files every two seconds. */
    TlsReload start() {
        return start(INTERVAL);
    }

    TlsReload start(Duration interval) {
        Steps steps = new Steps(LongLived.TLS_RELOAD);
        Thread.ofVirtual()
                .name(LongLived.TLS_RELOAD.label())
                .start(() -> steps.run(() -> {
                    boolean _ = check();
                    return !stopped.await(interval.toNanos(), TimeUnit.NANOSECONDS);
                }));
        return this;
    }

    /**
     * Checks the files once.
     *
     * @return true if the files have changed and are now in use
     */
    boolean check() {
        List<String> now = contents();
        if (now.equals(seen)) {
            return false;
        }
        boolean used = use();
        seen = now; // not reached after an Error, so the next check tries again
        return used;
    }

    private boolean use() {
        try {
            use.accept(tls.load());
            LOG.log(INFO, "the keys and certificates of server.tls were renewed; new connections use them");
            return true;
        } catch (SettingsException e) {
            LOG.log(
                    WARNING,
                    "the changed files of server.tls cannot be used; the previous keys and certificates stay in use: "
                            + e.getMessage());
        } catch (RuntimeException e) { // for any cause, later files may be usable
            LOG.log(WARNING, "server.tls could not be reloaded; the previous keys and certificates stay in use: " + e);
        }
        return false;
    }

    private List<String> contents() {
        return tls.files().stream().map(TlsReload::digest).toList();
    }

    private static String digest(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException e) {
            return "none: " + e;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    @Override
    public void close() {
        stopped.countDown();
    }
}
