package auth;

import database.DatabaseUnavailable;
import http.Problem;
import http.Problems;
import idempotency.IdempotencyKeys;
import java.time.Duration;
import java.util.UUID;
import testing.TestDatabase;
import testing.TestServer;

/** A server with the session routes, and shortcuts for calls. */
final class SessionApi implements AutoCloseable {

    static final String SESSIONS = "/api/v1/sessions";
    static final UUID USER = UUID.fromString("0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c");
    static final UUID UNKNOWN = UUID.fromString("11111111-2222-4333-8444-555555555555");

    final TestAuth auth = new TestAuth(TestDatabase.H2);
    final IdempotencyKeys keys = new IdempotencyKeys(auth.database, Duration.ofDays(1), auth.clock, true);
    final TestServer server = new TestServer(settings -> Problems.serve(settings, routing -> {
        Problems.translate(routing, DatabaseUnavailable.class, Problem::overloaded);
        routing.register("/api/v1", new SessionRoutes(auth.sessions, keys));
    }));

    /** The path of all sessions of a user. */
    static String allOf(Object user) {
        return "/api/v1/users/" + user + "/sessions";
    }

    /** Opens a session of {@link #USER}, and returns its id. */
    String opened() {
        return server.post(SESSIONS, "{\"user_id\":\"" + USER + "\"}")
                .json(201)
                .path("device_session_id")
                .stringValue();
    }

    TestServer.Answer delete(String path) {
        return server.send("DELETE", path, "");
    }

    /** The state of a session in the database. */
    Session.State state(String id) {
        return auth.sessions.state(auth.sessions.find(UUID.fromString(id)).orElseThrow());
    }

    @Override
    public void close() {
        server.close();
        auth.close();
    }
}
