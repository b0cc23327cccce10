package app;

import static java.lang.System.Logger.Level.INFO;

import app.logging.Log;
import app.settings.ProtocolSettings;
import app.settings.ServerTls;
import app.settings.Settings;
import app.tracing.DeliveryTracing;
import app.tracing.EventTracing;
import app.tracing.RequestTracing;
import auth.Relay;
import auth.Republication;
import auth.Revocation;
import auth.RevocationRoutes;
import auth.Revocations;
import auth.Schema;
import auth.SessionRoutes;
import auth.Sessions;
import console.StatusRoutes;
import database.Database;
import database.DatabaseException;
import database.DatabaseUnavailable;
import database.HubLock;
import database.Sweeper;
import http.HttpSettings;
import http.Problem;
import http.Problems;
import idempotency.IdempotencyKeys;
import io.helidon.health.HealthCheck;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.MetricsConfig;
import io.helidon.metrics.api.SystemTagsManager;
import io.helidon.service.registry.Services;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRules;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import limits.RequestBudget;
import notification.NotificationRoutes;
import org.jspecify.annotations.Nullable;
import push.engine.EngineRuntime;
import push.engine.Hub;
import push.engine.RetentionConfig;
import push.tracing.Tracing;
import push.transport.DeliveryTracer;
import push.transport.PushTransport;
import threads.LongLived;
import threads.ThreadWatch;

/** A running hub, assembled from the modules with plain constructors. It serves gRPC and HTTP on one port. */
public final class PushServer implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(PushServer.class.getName());

    private static final InstantSource CLOCK = InstantSource.system();

    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);

    /** The kind of log that loses its events when the process ends. */
    private static final String VOLATILE_LOG = "memory";

    private final Settings settings;
    private final Database database;
    private final Optional<HubLock> lock;
    private final HubMetrics metrics;
    private final Optional<Tracing> tracing;
    private final Hub hub;
    private final Revocations revocations;
    private final Relay relay;
    private final Sessions sessions;
    private final IdempotencyKeys keys;
    private final PushTransport transport;
    private final WebServer server;
    private final Optional<TlsReload> tlsReload;
    private final List<Sweeper> sweepers;
    private volatile @Nullable ListenerWatch listener;

    private PushServer(Settings settings, Opened opened) {
        this.settings = settings;
        this.lock = settings.log().equals(VOLATILE_LOG) ? HubLock.acquire(settings.database()) : Optional.empty();
        lock.ifPresent(opened::add);
        this.database = opened.add(Database.open(settings.database()));
        Schema.migrations().apply(database);
        this.metrics = opened.add(new HubMetrics(registry(), settings.metricsGateways()));
        this.tracing = settings.tracing().map(Tracing::open);
        tracing.ifPresent(opened::add);
        this.hub = opened.add(openHub());
        hub.refuseSubscriptions(); // until the relay has published earlier revocations again
        metrics.watch(hub);
        RequestBudget budget = RequestBudget.of(settings.requestsMaxBytes());
        metrics.watch(budget);
        metrics.watch(readiness());
        this.revocations = new Revocations(database, CLOCK);
        this.relay = new Relay(revocations, hub.publisher(), CLOCK, this::isAlone);
        this.sessions = new Sessions(database, settings.sessions(), CLOCK, relay::publish);
        metrics.watch(relay);
        this.keys = new IdempotencyKeys(
                database, settings.idempotencyRetention(), CLOCK, database.isExclusive() || lock.isPresent());
        this.transport = opened.add(new PushTransport(hub, settings.streams(), metrics, deliveryTracer(), budget));
        WebServerConfig.Builder builder = WebServer.builder()
                .config(settings.server())
                .host(settings.host())
                .port(settings.port())
                .shutdownHook(false) // the hub must close first: see close()
                .addProtocols(ProtocolSettings.reserved());
        ServerTls.of(settings.server()).ifPresent(tls -> builder.tls(tls.load())); // replaces what config() created
        Problems.serve(builder, new HttpSettings(settings.hosts(), budget, metrics.requests()), routing -> {
            tracing.ifPresent(to -> routing.addFilter(new RequestTracing(to)));
            Problems.translate(routing, DatabaseUnavailable.class, PushServer::putOff);
            routes(routing);
        });
        ProtocolSettings protocols = new ProtocolSettings(settings.server());
        transport.addTo(builder, protocols.http1(), protocols.http2());
        Log.nameAllPeers(transport::addressOf);
        this.server = builder.build();
        this.tlsReload = ServerTls.of(settings.server()).map(tls -> new TlsReload(tls, server::reloadTls));
        this.sweepers = sweepers();
    }

    private List<Sweeper> sweepers() {
        return List.of(
                new Sweeper("the answers of Idempotency-Keys", Duration.ofSeconds(1), keys::storeResponses),
                new Sweeper("the table of Idempotency-Keys", SWEEP_INTERVAL, keys::sweep),
                new Sweeper("the table of sessions", SWEEP_INTERVAL, sessions::sweep));
    }

    private boolean isAlone() {
        return lock.map(HubLock::isHeld).orElse(true);
    }

    private static Problem putOff(DatabaseUnavailable reason) {
        return reason.isDown() ? Problem.unavailable("the database") : Problem.overloaded();
    }

    private Hub openHub() {
        EngineRuntime runtime = EngineRuntime.system();
        return tracing.map(to -> Hub.open(settings.hub(), settings.log(), runtime, metrics, new EventTracing(to)))
                .orElseGet(() -> Hub.open(settings.hub(), settings.log(), runtime, metrics));
    }

    private DeliveryTracer deliveryTracer() {
        return tracing.<DeliveryTracer>map(to -> new DeliveryTracing(to.deliveries()))
                .orElseGet(DeliveryTracer::none);
    }

    private static MeterRegistry registry() {
        MeterRegistry registry = Services.get(MeterRegistry.class);
        // With a scope label, the series would differ from those of the contract. Clear it only after the registry
        // exists: creating the registry sets it.
        SystemTagsManager.instance(MetricsConfig.builder()
                .scoping(scoping -> scoping.clearTagName())
                .build());
        return registry;
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
        requireFree(settings.host(), settings.port());
        requireHeapFor(settings.hub().retention());
        PushServer push = assemble(settings);
        try {
            push.listener = ListenerWatch.over(push.server::start);
            if (!push.server.isRunning()) { // Helidon logs the reason, and returns normally
                throw new IllegalStateException("the web server did not start; the log says why");
            }
            push.tlsReload.ifPresent(TlsReload::start);
            // A gateway that resumes with a cursor of an earlier log must receive the revocations of that log.
            push.relay.start(push.republication());
            push.hub.takeSubscriptions();
            push.transport.tellHealth();
            // The operator may have expected the database of another folder.
            push.database.newFile().ifPresent(file -> LOG.log(INFO, "created a new database: " + file));
        } catch (RuntimeException e) {
            try (push) {
                throw e;
            }
        }
        return push;
    }

    private static PushServer assemble(Settings settings) {
        Opened opened = new Opened();
        try {
            return new PushServer(settings, opened);
        } catch (DatabaseException e) {
            opened.closeBecauseOf(e);
            throw new IllegalArgumentException(
                    "the database of auth.db.url can't be used; see that its user may make tables; it says: "
                            + e.getMessage(),
                    e);
        } catch (RuntimeException e) {
            opened.closeBecauseOf(e);
            throw e;
        }
    }

    private Optional<Republication> republication() {
        RetentionConfig retention = settings.hub().retention();
        return settings.log().equals(VOLATILE_LOG)
                ? Optional.of(new Republication(
                        retention.invalidations(),
                        retention.maxInvalidations(),
                        retention.maxInvalidationBytes(),
                        PushServer::weight))
                : Optional.empty();
    }

    /**
     * Checks that the address is free, because Helidon only logs a failed bind. If another process takes the address
     * after this check, the reason is only in the log.
     */
    private static void requireFree(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(host, port));
        } catch (BindException e) {
            throw new IllegalArgumentException("can't listen on " + host + ":" + port + " (" + e.getMessage()
                    + "); name another port with --port, or another address with --host");
        } catch (IOException e) {
            throw new IllegalArgumentException("can't listen on " + host + ":" + port + " (" + e.getMessage()
                    + "); name another address with --host or server.host");
        }
    }

    private static long weight(Revocation revocation) {
        return RetentionConfig.invalidationBytes(
                revocation.sessionId(),
                revocation.reason(),
                revocation.eventId().toString(),
                revocation.traceparent());
    }

    /** Refuses budgets that exceed the heap: the hub would run out of memory before it reaches them. */
    private static void requireHeapFor(RetentionConfig retention) {
        long bound = Runtime.getRuntime().maxMemory() / 4 * 3;
        requireHeap("push.ring.max-bytes", retention.ringMaxBytes(), bound, "");
        requireHeap(
                "push.invalidations.max-bytes",
                retention.maxInvalidationBytes(),
                bound - retention.ringMaxBytes(),
                " beside push.ring.max-bytes");
    }

    private static void requireHeap(String key, long value, long bound, String beside) {
        if (value > bound) {
            throw new IllegalArgumentException(key + " must be at most " + bound
                    + ", for which three quarters of the heap have room" + beside + ", and was " + value
                    + "; PUSH_JAVA_OPTS=-Xmx… makes the heap larger");
        }
    }

    /** Registers all HTTP routes. Each path also answers the methods that it does not serve. */
    public void routes(HttpRules rules) {
        rules.register("/api/v1", new SessionRoutes(sessions, keys))
                .register(
                        "/api/v1",
                        new RevocationRoutes(
                                revocations, () -> hub.status().head().toString()))
                .register("/api/v1", new NotificationRoutes(hub.publisher(), settings.catalogue(), keys))
                .register("/api/v1/push", new StatusRoutes(hub))
                .register(new OpenApiRoutes())
                .register("/observe/health", new HealthRoutes(readiness()))
                .register("/observe", new MetricsRoutes(metrics::update));
    }

    private List<HealthCheck> readiness() {
        List<HealthCheck> checks =
                new ArrayList<>(List.of(new Readiness(hub), new DatabaseReadiness(database), new ThreadReadiness()));
        lock.map(LockReadiness::new).ifPresent(checks::add);
        return checks;
    }

    /** How long a stopping hub waits for slow gateways. */
    public Duration drainTimeout() {
        return settings.drainTimeout();
    }

    /** The address that the hub listens on. */
    public String host() {
        return settings.host();
    }

    /** The URL that the hub listens on, such as {@code https://[::1]:8443}. */
    public String url() {
        return url(server.hasTls(), settings.host(), server.port());
    }

    static String url(boolean secured, String host, int port) {
        String bracketed = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host; // IPv6
        return (secured ? "https" : "http") + "://" + bracketed + ":" + port;
    }

    /** The port that the hub listens on. */
    public int port() {
        return server.port();
    }

    /** Whether the hub accepts connections. The result has no meaning once {@link #close} was called. */
    public boolean isListening() {
        ListenerWatch watch = listener;
        return watch != null && watch.isListening();
    }

    /** Whether this hub has lost its database to another hub. If so, this hub must end. */
    public boolean isReplaced() {
        return lock.map(HubLock::isTakenByAnother).orElse(false);
    }

    /** The name of a long-lived thread of this process that has ended although its owner needs it. */
    public Optional<String> deadThread() {
        return ThreadWatch.dead().map(LongLived::label);
    }

    /** The kind of log. */
    public String logKind() {
        return hub.status().log();
    }

    /** The current epoch of the log. */
    public String epoch() {
        return hub.status().epoch();
    }

    /**
     * The hub itself, for the benchmarks, which publish from the class path. In the image, no module reads this one,
     * and publishing requires {@code push.api}, which lists the modules that may publish.
     */
    public Hub hub() {
        return hub;
    }

    /**
     * Stops the hub. The streams end first, with their remaining events and a final status; then the web server stops.
     * The database closes last, because requests in progress may need it.
     */
    @Override
    public void close() {
        close(settings.drainTimeout());
    }

    /** As {@link #close()}, with another timeout for slow gateways. Streams have at least a second to send a status. */
    public void close(Duration drainTimeout) {
        try (database;
                metrics) {
            stop(drainTimeout);
        }
        LOG.log(INFO, "push stopped");
    }

    private void stop(Duration drainTimeout) {
        try {
            transport.retire();
            relay.close(); // later revocations are stored in the database and published at the next start
            long start = System.nanoTime();
            hub.drain(drainTimeout);
            transport.close(drainTimeout.minusNanos(System.nanoTime() - start));
        } finally {
            tlsReload.ifPresent(TlsReload::close);
            server.stop();
            Sweeper.close(sweepers);
            tracing.ifPresent(Tracing::close);
            lock.ifPresent(HubLock::close); // from here on, another hub may publish what this hub did not
        }
    }
}
