package app;

import access.Access;
import app.settings.Settings;
import database.HubLock;
import io.helidon.webserver.http.HttpRules;
import java.time.Duration;
import java.util.Optional;
import push.engine.Hub;
import threads.LongLived;
import threads.ThreadWatch;

/** A running hub. It serves gRPC and HTTP on one port. */
public final class PushServer implements AutoCloseable {

    private final Settings settings;
    private final ServerParts parts;
    private final ServerLifecycle lifecycle;

    private PushServer(Settings settings, ServerParts parts) {
        this.settings = settings;
        this.parts = parts;
        this.lifecycle = new ServerLifecycle(parts);
    }

    /**
     * Starts a hub. The hub accepts subscriptions when this method returns. Invalid settings for a protocol or TLS
     * cause a {@link app.settings.SettingsException}, and a web server that does not start an {@link
     * IllegalStateException}.
     *
     * @throws IllegalArgumentException if another part of the configuration is wrong, or the address or the database
     *     cannot be used
     */
    public static PushServer start(Settings settings) {
        return start(settings, Access.everybody()); // the hub does not check who a client is yet
    }

    /** As {@link #start(Settings)}, with the policy that every HTTP request and every gRPC call must pass. */
    static PushServer start(Settings settings, Access access) {
        StartPreconditions.check(settings);
        PushServer push = new PushServer(settings, ServerAssembly.assemble(settings, access));
        try {
            push.lifecycle.start();
        } catch (RuntimeException e) {
            try (push) {
                throw e;
            }
        }
        return push;
    }

    /** How long a stopping hub waits for slow gateways. */
    public Duration drainTimeout() {
        return settings.drainTimeout();
    }

    /** The address that the hub listens on. */
    public String host() {
        return settings.host();
    }

    /** The port that the hub listens on. */
    public int port() {
        return parts.web().port();
    }

    /** The URL that the hub listens on, such as {@code https://[::1]:8443}. */
    public String url() {
        return parts.web().url();
    }

    /** Whether the hub accepts connections. The result has no meaning once {@link #close} was called. */
    public boolean isListening() {
        return parts.web().isListening();
    }

    /** Whether this hub has lost its database to another hub. If so, this hub must end. */
    public boolean isReplaced() {
        return parts.lock().map(HubLock::isTakenByAnother).orElse(false);
    }

    /** The name of a long-lived thread of this process that has ended although its owner needs it. */
    public Optional<String> deadThread() {
        return ThreadWatch.dead().map(LongLived::label);
    }

    /** The kind of log. */
    public String logKind() {
        return hub().status().log();
    }

    /** The current epoch of the log. */
    public String epoch() {
        return hub().status().epoch();
    }

    /**
     * The hub itself, for the benchmarks, which publish from the class path. In the image, no module reads this one,
     * and publishing requires {@code push.api}, which lists the modules that may publish.
     */
    public Hub hub() {
        return parts.hub();
    }

    /** Registers all HTTP routes of the hub. */
    public void routes(HttpRules rules) {
        parts.routes().register(rules);
    }

    /** Stops the hub within {@code push.drain-timeout}, and a few seconds for the web server and the database. */
    @Override
    public void close() {
        close(settings.drainTimeout());
    }

    /** As {@link #close()}, with another timeout for slow gateways. Streams have at least a second to send a status. */
    public void close(Duration drainTimeout) {
        lifecycle.stop(drainTimeout);
    }
}
