package auth;

import database.Database;
import database.DatabaseConfig;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import testing.TestDatabase;

/** Sessions in a new database. The relay runs a step after each revocation, on the revoking thread. */
final class TestAuth implements AutoCloseable {

    static final Duration TTL = Duration.ofDays(30);
    static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    final String url;
    final Database database;
    private volatile Instant now = START;

    /** Whether no other hub can use the database. */
    volatile boolean isExclusive = true;

    final InstantSource clock = () -> now;
    final RecordingInvalidator invalidations = new RecordingInvalidator();
    final Revocations revocations;
    final Relay relay;
    final Sessions sessions;

    TestAuth(TestDatabase kind) {
        this(kind.freshUrl());
    }

    TestAuth(String url) {
        this.url = url;
        database = Database.open(DatabaseConfig.of(url));
        Schema.migrations().apply(database);
        revocations = new Revocations(database, clock);
        relay = new Relay(revocations, invalidations, clock, () -> isExclusive);
        sessions = withTtl(TTL);
    }

    /** The same sessions, under another configuration. */
    Sessions withTtl(Duration ttl) {
        return with(new SessionConfig(ttl, Duration.ofDays(30), SessionConfig.DEFAULT_MAX_PER_USER));
    }

    /** The same sessions, under another configuration. */
    Sessions with(SessionConfig config) {
        return new Sessions(database, config, clock, relay::step);
    }

    /** The same sessions, without a step of the relay after each revocation. */
    Sessions withoutRelay() {
        return new Sessions(
                database,
                new SessionConfig(TTL, Duration.ofDays(30), SessionConfig.DEFAULT_MAX_PER_USER),
                clock,
                () -> {});
    }

    /** The relay of a later process with the same database and the same hub. */
    Relay nextRelay() {
        return new Relay(revocations, invalidations, clock, () -> isExclusive, Duration.ofHours(1));
    }

    Instant now() {
        return now;
    }

    void pass(Duration duration) {
        now = now.plus(duration);
    }

    /** All revocations that have not expired, in the order of their ids. */
    List<Revocation> rows() {
        return revocations.list(Instant.EPOCH, 0, Integer.MAX_VALUE);
    }

    @Override
    public void close() {
        database.close();
    }
}
