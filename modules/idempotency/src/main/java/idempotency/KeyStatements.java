package idempotency;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The SQL statements for keys, which run in the transactions of {@link KeyTable}. */
final class KeyStatements {

    static final String SAME_KEY = " where path = ? and name = ?";

    private static final String STILL_MINE = SAME_KEY + " and owner = ? and answer_status is null";

    private static final String ANSWER = "update idempotency_key set answer_status = ?, answer = ?" + STILL_MINE;

    private static final Comparator<KeyedRequest> BY_KEY =
            Comparator.comparing(KeyedRequest::path).thenComparing(KeyedRequest::key);

    private final UUID owner;
    private final ClaimStatements claiming;

    /**
     * @param owner the id of this process
     * @param ownership how long a claim belongs to its owner alone
     */
    KeyStatements(UUID owner, Duration ownership) {
        this.owner = owner;
        this.claiming = new ClaimStatements(owner, ownership);
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
                case KeyWrite.Claiming claim -> claims.put(claim.request(), claim);
                case KeyWrite.Answering answer -> answers.put(answer.request(), answer);
            }
        }
        Map<KeyedRequest, Claim> results = new TreeMap<>(BY_KEY);
        claiming.execute(connection, claims.values(), results);
        answer(connection, answers.values(), results);
        return writes.stream().map(write -> results.get(write.request())).toList();
    }

    private void answer(Connection connection, Collection<KeyWrite.Answering> answers, Map<KeyedRequest, Claim> results)
            throws SQLException {
        if (answers.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(ANSWER)) {
            for (KeyWrite.Answering answering : answers) {
                Answer answer = answering.answer();
                BoundSql.bind(
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
        return BoundSql.update(
                connection, "update idempotency_key set owned_until = claimed_at where answer_status is null");
    }

    /** Deletes a claim, unless another process has taken it over. */
    int withdraw(Connection connection, KeyedRequest request) throws SQLException {
        return BoundSql.update(
                connection, "delete from idempotency_key" + STILL_MINE, request.path(), request.key(), owner);
    }

    /** Releases a claim, unless another process has taken it over. */
    int abandon(Connection connection, KeyedRequest request, Instant now) throws SQLException {
        return BoundSql.update(
                connection,
                "update idempotency_key set owned_until = ?" + STILL_MINE,
                now,
                request.path(),
                request.key(),
                owner);
    }

    /** Deletes expired keys, the oldest first. Returns how many it deleted. */
    static int deleteExpired(Connection connection, Instant now, int atMost) throws SQLException {
        try (PreparedStatement select = BoundSql.prepare(
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
                BoundSql.bind(delete, expired.getString("path"), expired.getString("name"), now);
                delete.addBatch();
                count++;
            }
            delete.executeBatch();
            return count;
        }
    }
}
