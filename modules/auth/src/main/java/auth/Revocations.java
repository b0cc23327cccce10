package auth;

import auth.RevocationTable.Window;
import database.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** The revocations in a database. Safe for any number of threads. */
public final class Revocations implements Outbox {

    private final Database database;
    private final InstantSource clock;
    private final UUID self = UUID.randomUUID();
    private volatile boolean owned;

    /** Reads and updates the revocations of the given database. */
    public Revocations(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * Returns revocations that were made since the given time and have not expired, the oldest first; at most
     * {@code limit}.
     */
    List<Revocation> list(Instant since, long after, int limit) {
        return database.read(
                connection -> RevocationTable.all(connection, after, new Window(since, Sql.now(clock)), limit));
    }

    @Override
    public List<Revocation> unpublished(int limit) {
        List<Revocation> unpublished = database.read(connection -> RevocationTable.unpublished(connection, limit));
        if (!unpublished.isEmpty()) {
            // Otherwise gateways could learn of a revocation that a killed process has lost.
            database.makeVisibleDataDurable();
        }
        return unpublished;
    }

    @Override
    public PendingRevocations pending() {
        return database.read(RevocationTable::pending);
    }

    @Override
    public List<Revocation> publishedBefore(long before, Instant since, int limit) {
        return database.read(connection ->
                RevocationTable.publishedBefore(connection, before, new Window(since, Sql.now(clock)), limit));
    }

    @Override
    public List<Revocation> toRepublish(long after, long oldest, Instant since, int limit) {
        return database.read(connection ->
                RevocationTable.unpublishedOr(connection, after, oldest, new Window(since, Sql.now(clock)), limit));
    }

    @Override
    public void takeOver() {
        int _ = database.inTransaction(connection -> OutboxOwner.set(connection, self));
        owned = true;
    }

    @Override
    public void markPublished(List<Revocation> revocations) {
        int _ = database.inTransaction(connection -> {
            if (!owned || OutboxOwner.is(connection, self)) {
                RevocationTable.markPublished(connection, revocations, Sql.now(clock));
            }
            return revocations.size();
        });
    }

    @Override
    public int deleteExpired(int limit) {
        return database.inTransaction(connection -> RevocationTable.deleteExpired(connection, Sql.now(clock), limit));
    }
}
