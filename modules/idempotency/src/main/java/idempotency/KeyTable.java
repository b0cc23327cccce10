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
 * The table {@code idempotency_key}, step by step. Each step is durable when it returns; none waits for a publisher. Claims
 * and answers that come at once share a transaction.
 */
final class KeyTable {

    /**
     * How long an owner has to publish and to say so; then it is thought gone. A process that was held up for longer
     * publishes a second time, under the same event ids.
     */
    static final Duration OWNERSHIP = Duration.ofSeconds(10);

    private final Database database;
    private final KeyStatements statements;
    private final GroupedWrites<KeyWrite, Claim> writes;

    /** @param owner names this process, for as long as it lives */
    KeyTable(Database database, UUID owner) {
        this.database = database;
        this.statements = new KeyStatements(owner, OWNERSHIP);
        this.writes = new GroupedWrites<>(database, statements::execute);
    }

    /** The table was the notifications' own once, and its history is still kept under that name. */
    static Migrations migrations() {
        return new Migrations(
                "notification",
                name -> KeyTable.class.getModule().getResourceAsStream(name),
                List.of("migrations/notification/001-idempotency-keys.sql"));
    }

    /** As {@link KeyWrite.Claiming} says. */
    Claim claim(KeyedRequest request, List<String> ids, Instant now, Instant expiresAt, @Nullable UUID gone) {
        return writes.write(new KeyWrite.Claiming(request, ids, now, expiresAt, gone));
    }

    /** Keeps the answer of a claim, unless another process has taken it over. */
    void answered(KeyedRequest request, Answer answer) {
        Claim _ = writes.write(new KeyWrite.Answering(request, answer));
    }

    /** Gives up all claims: their owners have gone. */
    void disown() {
        int _ = database.inTransaction(KeyStatements::disown);
    }

    /** Gives a claim back of which nothing was published: as if the key had never come. */
    void withdraw(KeyedRequest request) {
        int _ = database.inTransaction(connection -> statements.withdraw(connection, request));
    }

    /** Gives a claim up of which something was published: who comes next goes on under the same event ids. */
    void abandon(KeyedRequest request, Instant now) {
        int _ = database.inTransaction(connection -> statements.abandon(connection, request, now));
    }

    /**
     * Deletes keys that have expired, the oldest first.
     *
     * @param atMost how many; a short transaction holds nobody up
     * @return how many there were
     */
    int deleteExpired(Instant now, int atMost) {
        return database.inTransaction(connection -> KeyStatements.deleteExpired(connection, now, atMost));
    }
}
