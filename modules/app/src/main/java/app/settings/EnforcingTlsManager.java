package app.settings;

import io.helidon.common.tls.ConfiguredTlsManager;
import io.helidon.common.tls.TlsConfig;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.jspecify.annotations.Nullable;

/** Helidon's TLS manager, with a context that {@linkplain EnforcedContext enforces} the configured settings. */
final class EnforcingTlsManager extends ConfiguredTlsManager {

    private volatile @Nullable SSLContext enforced;

    EnforcingTlsManager() {
        super("server.tls", "enforcing");
    }

    @Override
    public void init(TlsConfig config) {
        super.init(config);
        enforced =
                new EnforcedContext(super.sslContext(), config.sslParameters().orElseGet(SSLParameters::new));
    }

    @Override
    public SSLContext sslContext() {
        return Objects.requireNonNull(enforced, "init() has not been called");
    }
}
