package app;

import app.settings.ProtocolSettings;
import app.settings.ServerTls;
import app.settings.Settings;
import http.HttpSettings;
import http.Problems;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import push.transport.PushTransport;

/** The web server of a hub: gRPC and HTTP on one port, with TLS if it is configured. */
final class HubWebServer implements AutoCloseable {

    private final WebServer server;
    private final String host;
    private final Optional<TlsReload> tlsReload;
    private volatile @Nullable ListenerWatch listener;

    /**
     * Configures the server. It does not listen yet.
     *
     * @param transport serves gRPC
     * @param routing adds the HTTP routes
     */
    HubWebServer(Settings settings, HttpSettings http, PushTransport transport, Consumer<HttpRouting.Builder> routing) {
        Optional<ServerTls> tls = ServerTls.of(settings.server());
        WebServerConfig.Builder builder = WebServer.builder()
                .config(settings.server())
                .host(settings.host())
                .port(settings.port())
                .shutdownHook(false) // the hub must close first: see ServerLifecycle
                .addProtocols(ProtocolSettings.reserved());
        tls.ifPresent(files -> builder.tls(files.load())); // replaces what config() created
        Problems.serve(builder, http, routing);
        ProtocolSettings protocols = new ProtocolSettings(settings.server());
        transport.addTo(builder, protocols.http1(), protocols.http2());
        this.server = builder.build();
        this.host = settings.host();
        this.tlsReload = tls.map(files -> new TlsReload(files, server::reloadTls));
    }

    /**
     * Starts to listen, and to watch the TLS files.
     *
     * @throws IllegalStateException if the server does not start
     */
    void start() {
        listener = ListenerWatch.over(server::start);
        if (!server.isRunning()) { // Helidon logs the reason, and returns normally
            throw new IllegalStateException("the web server did not start; the log has the reason");
        }
        tlsReload.ifPresent(TlsReload::start);
    }

    /** Whether the server accepts connections. The result has no meaning once {@link #close} was called. */
    boolean isListening() {
        ListenerWatch watch = listener;
        return watch != null && watch.isListening();
    }

    /** The port that the server listens on. */
    int port() {
        return server.port();
    }

    /** The URL that the server listens on, such as {@code https://[::1]:8443}. */
    String url() {
        return url(server.hasTls(), host, server.port());
    }

    static String url(boolean secured, String host, int port) {
        String bracketed = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host; // IPv6
        return (secured ? "https" : "http") + "://" + bracketed + ":" + port;
    }

    /** Stops the server. Requests that have begun get half a second. */
    @Override
    public void close() {
        tlsReload.ifPresent(TlsReload::close);
        server.stop();
    }
}
