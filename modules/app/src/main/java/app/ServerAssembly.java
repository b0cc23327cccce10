package app;

import access.Access;
import app.health.HealthRoutes;
import app.health.ReadinessChecks;
import app.logging.Log;
import app.metrics.HubGauges;
import app.metrics.HubMetrics;
import app.metrics.Meters;
import app.metrics.MetricsRoutes;
import app.metrics.ProcessMetrics;
import app.metrics.RequestMetrics;
import app.settings.Settings;
import app.tracing.DeliveryTracing;
import app.tracing.EventTracing;
import app.tracing.RequestTracing;
import auth.Relay;
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
import io.helidon.webserver.http.HttpRouting;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import limits.RequestBudget;
import notification.NotificationRoutes;
import push.engine.Hub;
import push.engine.HubBuilder;
import push.tracing.Tracing;
import push.transport.DeliveryTracer;
import push.transport.PushTransport;

/**
 * Creates the parts of a server from its settings, each with a constructor that takes the parts before it. Nothing
 * listens, and nothing is published, before {@link ServerLifecycle} starts the parts. If a part cannot be created, the
 * parts before it are closed.
 */
final class ServerAssembly {

    private static final InstantSource CLOCK = InstantSource.system();
    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(1);
    private static final Duration STORE_INTERVAL = Duration.ofSeconds(1);

    private final Settings settings;
    private final Access access;
    private final HubBuilder hubBuilder;
    private final OpenResources open = new OpenResources();

    private ServerAssembly(Settings settings, Access access) {
        this.settings = settings;
        this.access = access;
        this.hubBuilder = Hub.builder(settings.hub())
                .wireFormat(PushTransport.wireFormat())
                .log(settings.log().kind(), settings.log().settings());
    }

    /**
     * Creates the parts.
     *
     * @param access decides, for both HTTP and gRPC, which calls are let in
     * @throws IllegalArgumentException if a setting is wrong, or the database cannot be used
     */
    static ServerParts assemble(Settings settings, Access access) {
        ServerAssembly assembly = new ServerAssembly(settings, access);
        try {
            return assembly.parts();
        } catch (DatabaseException e) {
            assembly.open.closeBecauseOf(e);
            throw new IllegalArgumentException(
                    "the database at auth.db.url cannot be used: " + e.getMessage()
                            + "; check that its user may create tables",
                    e);
        } catch (RuntimeException e) {
            assembly.open.closeBecauseOf(e);
            throw e;
        }
    }

    private ServerParts parts() {
        // The lock comes first: without it, this hub may not even migrate the tables.
        Optional<HubLock> lock =
                hubBuilder.logOutlivesTheProcess() ? Optional.empty() : HubLock.acquire(settings.database());
        lock.ifPresent(open::add);
        Database database = open.add(Database.open(settings.database()));
        Schema.migrations().apply(database);

        Meters meters = open.add(Meters.ofTheProcess());
        ProcessMetrics.addTo(meters);
        HubMetrics metrics = new HubMetrics(meters, settings.metricsGateways());
        Optional<Tracing> tracing = settings.tracing().map(Tracing::open);
        tracing.ifPresent(open::add);

        Hub hub = open.add(openHub(metrics, tracing));
        hub.refuseSubscriptions(); // until ServerLifecycle has started the relay
        Revocations revocations = new Revocations(database, CLOCK);
        Relay relay = new Relay(revocations, hub.publisher(), CLOCK, () -> isAlone(lock));
        Sessions sessions = new Sessions(database, settings.sessions(), CLOCK, relay::publish);
        IdempotencyKeys keys = new IdempotencyKeys(
                database, settings.idempotencyRetention(), CLOCK, database.isExclusive() || lock.isPresent());

        RequestBudget budget = RequestBudget.of(settings.requestsMaxBytes());
        List<HealthCheck> readiness = ReadinessChecks.of(hub, database, lock);
        HubGauges gauges = new HubGauges(meters, hub, settings.metricsGateways());
        gauges.watch(relay);
        gauges.watch(budget);
        gauges.watch(readiness);

        PushTransport transport =
                open.add(new PushTransport(hub, access, settings.streams(), metrics, deliveryTracer(tracing), budget));
        Log.resolvePeersWith(transport::addressOf);
        HttpRoutes routes = new HttpRoutes(
                new SessionRoutes(sessions, keys),
                new RevocationRoutes(revocations, () -> hub.status().head().toString()),
                new NotificationRoutes(hub.publisher(), settings.catalogue(), keys),
                new StatusRoutes(hub),
                new OpenApiRoutes(),
                new HealthRoutes(readiness),
                new MetricsRoutes(gauges::update));
        HttpSettings http = new HttpSettings(
                settings.hosts(), access, budget, new RequestMetrics(meters, OpenApiRoutes.document()));
        HubWebServer web = new HubWebServer(settings, http, transport, routing -> addTo(routing, routes, tracing));

        return new ServerParts(
                lock,
                database,
                meters,
                tracing,
                hub,
                relay,
                Republications.matching(settings.hub().retention()),
                transport,
                routes,
                web,
                sweepers(keys, sessions)); // last, because the sweepers work as soon as they are created
    }

    private static boolean isAlone(Optional<HubLock> lock) {
        return lock.map(HubLock::isHeld).orElse(true);
    }

    private Hub openHub(HubMetrics metrics, Optional<Tracing> tracing) {
        tracing.ifPresent(to -> hubBuilder.trace(new EventTracing(to)));
        return hubBuilder.observe(metrics).open();
    }

    private static DeliveryTracer deliveryTracer(Optional<Tracing> tracing) {
        return tracing.<DeliveryTracer>map(to -> new DeliveryTracing(to.deliveries()))
                .orElseGet(DeliveryTracer::none);
    }

    private static void addTo(HttpRouting.Builder routing, HttpRoutes routes, Optional<Tracing> tracing) {
        tracing.ifPresent(to -> routing.addFilter(new RequestTracing(to)));
        Problems.translate(routing, DatabaseUnavailable.class, ServerAssembly::problem);
        routes.register(routing);
    }

    private static Problem problem(DatabaseUnavailable reason) {
        return reason.isDown() ? Problem.unavailable("the database") : Problem.overloaded();
    }

    private static List<Sweeper> sweepers(IdempotencyKeys keys, Sessions sessions) {
        return List.of(
                new Sweeper("the responses for Idempotency-Keys", STORE_INTERVAL, keys::storeResponses),
                new Sweeper("the table of Idempotency-Keys", SWEEP_INTERVAL, keys::sweep),
                new Sweeper("the table of sessions", SWEEP_INTERVAL, sessions::sweep));
    }
}
