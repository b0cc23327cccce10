package app;

import app.metrics.Meters;
import auth.Relay;
import auth.Republication;
import database.Database;
import database.HubLock;
import database.Sweeper;
import java.util.List;
import java.util.Optional;
import push.engine.Hub;
import push.tracing.Tracing;
import push.transport.PushTransport;

/**
 * The parts of a server that are started or stopped, or that its owner sees.
 *
 * @param lock the lock that keeps other hubs off the database; empty if none is needed
 * @param database sessions, revocations and idempotency keys
 * @param meters the meters of this server
 * @param tracing the export of spans; empty if it is not configured
 * @param hub the log and its subscriptions
 * @param relay publishes the revocations in the database
 * @param republication what the relay publishes again when the log lacks it
 * @param transport the push streams over gRPC
 * @param routes the HTTP routes
 * @param web the web server
 * @param sweepers the clean-up tasks on the database; they already run
 */
record ServerParts(
        Optional<HubLock> lock,
        Database database,
        Meters meters,
        Optional<Tracing> tracing,
        Hub hub,
        Relay relay,
        Republication republication,
        PushTransport transport,
        HttpRoutes routes,
        HubWebServer web,
        List<Sweeper> sweepers) {}
