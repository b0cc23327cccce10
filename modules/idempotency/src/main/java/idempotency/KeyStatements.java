package idempotency;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The SQL statements for keys, which run in the transactions of {@link KeyTable}. */
final class KeyStatements {

    private static final String SAME_KEY = " where path = ? and name = ?";
    private static final String STILL_MINE = SAME_KEY + " and owner = ? and answer_status is null";

    private static final String CLAIM =
            "insert into idempotency_key (body_sha256, event_ids, owner, owned_until, claimed_at, expires_at, path, name)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";

    private static final String ANSWER = "update idempotency_key set answer_status = ?, answer = ?" + STILL_MINE;

    private static final Comparator<KeyedRequest> BY_KEY =
            Comparator.comparing(KeyedRequest::path).thenComparing(KeyedRequest::key);

    private final UUID owner;
    private final Duration ownership;

    /**
     * @param owner the id of this process
     * @param ownership how long a claim belongs to its owner alone
     */
    KeyStatements(UUID owner, Duration ownership) {
        this.owner = owner;
        this.ownership = ownership;
    }

    /**
     * Executes writes to different keys: first the claims, then the responses, each in the order of the keys. The order
     * prevents a deadlock between two processes that claim the same keys.
     *
     * @return the result for each key, in the order of the writes
     */
    List<Claim> execute(Connection connection, List<KeyWrite> writes) throws SQLException {
        Map<KeyedRequest, KeyWrite.Claiming> claims = new TreeMap<>(BY_KEY);
        Map<KeyedRequest, KeyWrite.Answering> answers = new TreeMap<>(BY_KEY);
        for (KeyWrite write : writes) {
            switch (write) {
                case KeyWrite.Claiming claiming -> claims.put(claiming.request(), claiming);
                case KeyWrite.Answering answering -> answers.put(answering.request(), answering);
            }
        }
        Map<KeyedRequest, Claim> results = new TreeMap<>(BY_KEY);
        claim(connection, claims, results);
        answer(connection, answers, results);
        return writes.stream().map(write -> results.get(write.request())).toList();
    }

    private void claim(
            Connection connection, Map<KeyedRequest, KeyWrite.Claiming> claims, Map<KeyedRequest, Claim> results)
            throws SQLException {
        if (claims.isEmpty()) {
            return;
        }
        List<KeyWrite.Claiming> inOrder = new ArrayList<>(claims.values());
        int[] inserted;
        try (PreparedStatement insert = connection.prepareStatement(CLAIM)) {
            for (KeyWrite.Claiming claiming : inOrder) {
                set(insert, newClaim(claiming));
                insert.addBatch();
            }
            inserted = insert.executeBatch();
        }
        for (int i = 0; i < inserted.length; i++) {
            KeyWrite.Claiming claiming = inOrder.get(i);
            results.put(
                    claiming.request(),
                    inserted[i] == 1 ? new Claim.Mine(claiming.ids()) : existing(connection, claiming));
        }
    }

    private Claim existing(Connection connection, KeyWrite.Claiming claiming) throws SQLException {
        Optional<Claim> claim = look(connection, claiming);
        while (claim.isEmpty()) { // the row was deleted before it could be read
            claim = update(connection, CLAIM, newClaim(claiming)) == 1
                    ? Optional.of(new Claim.Mine(claiming.ids()))
                    : look(connection, claiming);
        }
        return claim.get();
    }

    private Object[] newClaim(KeyWrite.Claiming claiming) {
        return new Object[] {
            claiming.request().bodySha256(),
            text(claiming.ids()),
            owner,
            claiming.now().plus(ownership),
            claiming.now(),
            claiming.expiresAt(),
            claiming.request().path(),
            claiming.request().key()
        };
    }

    private Optional<Claim> look(Connection connection, KeyWrite.Claiming claiming) throws SQLException {
        KeyedRequest request = claiming.request();
        try (PreparedStatement select = prepare(
                        connection,
                        "select * from idempotency_key" + SAME_KEY + " for update",
                        request.path(),
                        request.key());
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            if (!time(row, "expires_at").isAfter(claiming.now())) {
                update(
                        connection,
                        "update idempotency_key set body_sha256 = ?, event_ids = ?, owner = ?, owned_until = ?,"
                                + " claimed_at = ?, expires_at = ?, answer_status = null, answer = null" + SAME_KEY,
                        newClaim(claiming));
                return Optional.of(new Claim.Mine(claiming.ids()));
            }
            return Optional.of(unexpired(connection, claiming, row));
        }
    }

    private Claim unexpired(Connection connection, KeyWrite.Claiming claiming, ResultSet row) throws SQLException {
        KeyedRequest request = claiming.request();
        if (!row.getString("body_sha256").equals(request.bodySha256())) {
            return new Claim.OfAnotherBody();
        }
        int status = row.getInt("answer_status");
        if (!row.wasNull()) {
            return new Claim.Answered(new Answer(status, row.getString("answer")));
        }
        Instant until = time(row, "owned_until");
        UUID holder = row.getObject("owner", UUID.class);
        if (until.isAfter(claiming.now()) && !holder.equals(owner) && !holder.equals(claiming.gone())) {
            return new Claim.Held(holder, until);
        }
        List<String> ids = List.of(row.getString("event_ids").split(" "));
        update(
                connection,
                "update idempotency_key set owner = ?, owned_until = ?" + SAME_KEY,
                owner,
                claiming.now().plus(ownership),
                request.path(),
                request.key());
        return new Claim.Mine(ids);
    }

    private void answer(
            Connection connection, Map<KeyedRequest, KeyWrite.Answering> answers, Map<KeyedRequest, Claim> results)
            throws SQLException {
        if (answers.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(ANSWER)) {
            for (KeyWrite.Answering answering : answers.values()) {
                Answer answer = answering.answer();
                set(
                        update,
                        answer.status(),
                        answer.json(),
                        answering.request().path(),
                        answering.request().key(),
                        owner);
                update.addBatch();
                results.put(answering.request(), new Claim.Answered(answer));
            }
            update.executeBatch();
        }
    }

    /** Releases all claims, regardless of their owners. */
    static int disown(Connection connection) throws SQLException {
        return update(connection, "update idempotency_key set owned_until = claimed_at where answer_status is null");
    }

    /** Deletes a claim, unless another process has taken it over. */
    int withdraw(Connection connection, KeyedRequest request) throws SQLException {
        return update(connection, "delete from idempotency_key" + STILL_MINE, request.path(), request.key(), owner);
    }

    /** Releases a claim, unless another process has taken it over. */
    int abandon(Connection connection, KeyedRequest request, Instant now) throws SQLException {
        return update(
                connection,
                "update idempotency_key set owned_until = ?" + STILL_MINE,
                now,
                request.path(),
                request.key(),
                owner);
    }

    /** Deletes expired keys, the oldest first. Returns how many it deleted. */
    static int deleteExpired(Connection connection, Instant now, int atMost) throws SQLException {
        try (PreparedStatement select = prepare(
                        connection,
                        "select path, name from idempotency_key where expires_at <= ? order by expires_at limit "
                                + atMost,
                        now);
                ResultSet expired = select.executeQuery();
                // One delete per key, because H2 evaluates a list of pairs row by row. The time is checked again,
                // because a key may have been claimed anew.
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
    }

    private static String text(List<String> ids) {
        return String.join(" ", ids);
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
