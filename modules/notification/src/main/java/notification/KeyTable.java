package notification;

import database.Database;
import database.Migrations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The table {@code idempotency_key}, step by step. Each step is a transaction of its own, which is durable when it
 * returns; none waits for a publisher.
 */
final class KeyTable {

    /**
     * How long an owner has to publish and to say so; then it is thought gone. A process that was held up for longer
     * publishes a second time, under the same event ids.
     */
    static final Duration OWNERSHIP = Duration.ofSeconds(10);

    private static final String SAME_KEY = " where path = ? and name = ?";
    private static final String STILL_MINE = SAME_KEY + " and owner = ? and answer_status is null";

    private final Database database;
    private final UUID owner;

    /** @param owner names this process, for as long as it lives */
    KeyTable(Database database, UUID owner) {
        this.database = database;
        this.owner = owner;
    }

    static Migrations migrations() {
        return new Migrations(
                "notification",
                name -> KeyTable.class.getModule().getResourceAsStream(name),
                List.of("migrations/notification/001-idempotency-keys.sql"));
    }

    /**
     * Tries to have a key for oneself.
     *
     * @param eventIds to publish under, unless an earlier attempt has chosen others
     * @param gone an owner that is thought gone, whatever its claim says; null for none
     */
    Claim claim(KeyedRequest request, List<String> eventIds, Instant now, Instant expiresAt, @Nullable UUID gone) {
        return database.inTransaction(connection -> {
            Optional<Claim> claim = Optional.empty();
            while (claim.isEmpty()) { // what there was may have been deleted before it could be read
                claim = insert(connection, request, eventIds, now, expiresAt)
                        ? Optional.of(new Claim.Mine(eventIds))
                        : existing(connection, request, eventIds, now, expiresAt, gone);
            }
            return claim.get();
        });
    }

    private boolean insert(
            Connection connection, KeyedRequest request, List<String> eventIds, Instant now, Instant expiresAt)
            throws SQLException {
        return update(
                        connection,
                        "insert into idempotency_key (body_sha256, event_ids, owner, owned_until, claimed_at, expires_at,"
                                + " path, name) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                        request.bodySha256(),
                        text(eventIds),
                        owner,
                        now.plus(OWNERSHIP),
                        now,
                        expiresAt,
                        request.path(),
                        request.key())
                == 1;
    }

    private Optional<Claim> existing(
            Connection connection,
            KeyedRequest request,
            List<String> eventIds,
            Instant now,
            Instant expiresAt,
            @Nullable UUID gone)
            throws SQLException {
        try (PreparedStatement select = prepare(
                        connection,
                        "select * from idempotency_key" + SAME_KEY + " for update",
                        request.path(),
                        request.key());
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            if (!time(row, "expires_at").isAfter(now)) {
                replace(connection, request, eventIds, now, expiresAt);
                return Optional.of(new Claim.Mine(eventIds));
            }
            return Optional.of(unexpired(connection, request, row, now, gone));
        }
    }

    private Claim unexpired(
            Connection connection, KeyedRequest request, ResultSet row, Instant now, @Nullable UUID gone)
            throws SQLException {
        if (!row.getString("body_sha256").equals(request.bodySha256())) {
            return new Claim.OfAnotherBody();
        }
        int status = row.getInt("answer_status");
        if (!row.wasNull()) {
            return new Claim.Answered(new Answer(status, row.getString("answer")));
        }
        Instant until = time(row, "owned_until");
        UUID holder = row.getObject("owner", UUID.class);
        if (until.isAfter(now) && !holder.equals(owner) && !holder.equals(gone)) {
            return new Claim.Held(holder, until);
        }
        List<String> eventIds = List.of(row.getString("event_ids").split(" "));
        takeOver(connection, request, now);
        return new Claim.Mine(eventIds);
    }

    private void replace(
            Connection connection, KeyedRequest request, List<String> eventIds, Instant now, Instant expiresAt)
            throws SQLException {
        update(
                connection,
                "update idempotency_key set body_sha256 = ?, event_ids = ?, owner = ?, owned_until = ?, claimed_at = ?,"
                        + " expires_at = ?, answer_status = null, answer = null" + SAME_KEY,
                request.bodySha256(),
                text(eventIds),
                owner,
                now.plus(OWNERSHIP),
                now,
                expiresAt,
                request.path(),
                request.key());
    }

    private void takeOver(Connection connection, KeyedRequest request, Instant now) throws SQLException {
        update(
                connection,
                "update idempotency_key set owner = ?, owned_until = ?" + SAME_KEY,
                owner,
                now.plus(OWNERSHIP),
                request.path(),
                request.key());
    }

    /** Gives up all claims: their owners have gone. */
    void disown() {
        int _ = database.inTransaction(connection ->
                update(connection, "update idempotency_key set owned_until = claimed_at where answer_status is null"));
    }

    /** Keeps the answer of a claim, unless another process has taken it over. */
    void answered(KeyedRequest request, Answer answer) {
        int _ = database.inTransaction(connection -> update(
                connection,
                "update idempotency_key set answer_status = ?, answer = ?" + STILL_MINE,
                answer.status(),
                answer.json(),
                request.path(),
                request.key(),
                owner));
    }

    /** Gives a claim back of which nothing was published: as if the key had never come. */
    void withdraw(KeyedRequest request) {
        int _ = database.inTransaction(connection ->
                update(connection, "delete from idempotency_key" + STILL_MINE, request.path(), request.key(), owner));
    }

    /** Gives a claim up of which something was published: who comes next goes on under the same event ids. */
    void abandon(KeyedRequest request, Instant now) {
        int _ = database.inTransaction(connection -> update(
                connection,
                "update idempotency_key set owned_until = ?" + STILL_MINE,
                now,
                request.path(),
                request.key(),
                owner));
    }

    /**
     * Deletes keys that have expired, the oldest first.
     *
     * @param atMost how many; a short transaction holds nobody up
     * @return how many there were
     */
    int deleteExpired(Instant now, int atMost) {
        return database.inTransaction(connection -> {
            try (PreparedStatement select = prepare(
                            connection,
                            "select path, name from idempotency_key where expires_at <= ? order by expires_at limit "
                                    + atMost,
                            now);
                    ResultSet expired = select.executeQuery();
                    // Each by its key: H2 evaluates a list of pairs row by row. The time is looked at again, as a key
                    // may have been claimed anew.
                    PreparedStatement delete = connection.prepareStatement(
                            "delete from idempotency_key" + SAME_KEY + " and expires_at <= ?")) {
                int count = 0;
                while (expired.next()) {
                    set(delete, expired.getString("path"), expired.getString("name"), now);
                    delete.addBatch();
                    count++;
                }
                delete.executeBatch();
                return count;
            }
        });
    }

    private static String text(List<String> eventIds) {
        return String.join(" ", eventIds);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        set(statement, values);
        return statement;
    }

    private static void set(PreparedStatement statement, @Nullable Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(
                    i + 1,
                    values[i] instanceof Instant time
                            ? time.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC)
                            : values[i]);
        }
    }
}
