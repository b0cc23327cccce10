package idempotency;

import database.Database;
import database.GroupedWrites;
import database.Migrations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The steps on the table {@code idempotency_key}. Each step is durable when it returns, and none waits for a publisher.
 * Concurrent claims and responses share a transaction.
 */
final class KeyTable {

    /**
     * How long an owner has to publish and to store the response; after that, it counts as gone. If a process is held
     * up for longer, the events are published a second time, under the same event ids.
     */
    static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(10);

    private final Database database;
    private final KeyStatements statements;
    private final GroupedWrites<KeyWrite, Claim> writes;

    /** @param owner the id of this process, the same as long as it lives */
    KeyTable(Database database, UUID owner) {
        this.database = database;
        this.statements = new KeyStatements(owner, CLAIM_TIMEOUT);
        this.writes = new GroupedWrites<>(database, statements::execute);
    }

    /** The migrations of the table. It once belonged to the notifications, and its history still has their name. */
    static Migrations migrations() {
        return new Migrations(
                "notification",
                name -> KeyTable.class.getModule().getResourceAsStream(name),
                List.of("migrations/notification/001-idempotency-keys.sql"));
    }

    /** Claims a key: see {@link KeyWrite.Claiming}. */
    Claim claim(KeyedRequest request, List<String> ids, Instant now, Instant expiresAt, @Nullable UUID gone) {
        return writes.write(new KeyWrite.Claiming(request, ids, now, expiresAt, gone));
    }

    /** Stores the response of a claim, unless another process has taken the claim over. */
    void complete(KeyedRequest request, KeyedResponse response) {
        Claim _ = writes.write(new KeyWrite.Completing(request, response));
    }

    /** Releases all claims, because their owners have gone. */
    void releaseAll() {
        int _ = database.inTransaction(KeyStatements::releaseAll);
    }

    /** Deletes a claim for which nothing was published, as if the key had never been used. */
    void delete(KeyedRequest request) {
        int _ = database.inTransaction(connection -> statements.delete(connection, request));
    }

    /** Releases a claim for which something was published. The next request continues with the same event ids. */
    void release(KeyedRequest request, Instant now) {
        int _ = database.inTransaction(connection -> statements.release(connection, request, now));
    }

    /**
     * Deletes expired keys, the oldest first.
     *
     * @param atMost the maximum number of keys, so that the transaction is short and delays no other
     * @return how many keys it deleted
     */
    int deleteExpired(Instant now, int atMost) {
        return database.inTransaction(connection -> KeyStatements.deleteExpired(connection, now, atMost));
    }
}
