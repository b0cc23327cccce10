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

    private static final String COMPLETE = "update idempotency_key set answer_status = ?, answer = ?" + STILL_MINE;

    private static final Comparator<KeyedRequest> BY_KEY =
            Comparator.comparing(KeyedRequest::path).thenComparing(KeyedRequest::key);

    private final UUID owner;
    private final ClaimStatements claiming;

    /**
     * @param owner the id of this process
     * @param timeout how long a claim belongs to its owner alone
     */
    KeyStatements(UUID owner, Duration timeout) {
        this.owner = owner;
        this.claiming = new ClaimStatements(owner, timeout);
    }

    /**
     * Executes writes to different keys: first the claims, then the responses, each in the order of the keys. The order
     * prevents a deadlock between two processes that claim the same keys.
     *
     * @return the result for each key, in the order of the writes
     */
    List<Claim> execute(Connection connection, List<KeyWrite> writes) throws SQLException {
        Map<KeyedRequest, KeyWrite.Claiming> claims = new TreeMap<>(BY_KEY);
        Map<KeyedRequest, KeyWrite.Completing> completions = new TreeMap<>(BY_KEY);
        for (KeyWrite write : writes) {
            switch (write) {
                case KeyWrite.Claiming claim -> claims.put(claim.request(), claim);
                case KeyWrite.Completing completion -> completions.put(completion.request(), completion);
            }
        }
        Map<KeyedRequest, Claim> results = new TreeMap<>(BY_KEY);
        claiming.execute(connection, claims.values(), results);
        complete(connection, completions.values(), results);
        return writes.stream().map(write -> results.get(write.request())).toList();
    }

    private void complete(
            Connection connection, Collection<KeyWrite.Completing> completions, Map<KeyedRequest, Claim> results)
            throws SQLException {
        if (completions.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement(COMPLETE)) {
            for (KeyWrite.Completing completion : completions) {
                KeyedResponse response = completion.response();
                BoundSql.bind(
                        update,
                        response.status(),
                        response.json(),
                        completion.request().path(),
                        completion.request().key(),
                        owner);
                update.addBatch();
                results.put(completion.request(), new Claim.Completed(response));
            }
            update.executeBatch();
        }
    }

    /** Releases all claims, regardless of their owners. */
    static int releaseAll(Connection connection) throws SQLException {
        return BoundSql.update(
                connection, "update idempotency_key set owned_until = claimed_at where answer_status is null");
    }

    /** Deletes a claim, unless another process has taken it over. */
    int delete(Connection connection, KeyedRequest request) throws SQLException {
        return BoundSql.update(
                connection, "delete from idempotency_key" + STILL_MINE, request.path(), request.key(), owner);
    }

    /** Releases a claim, unless another process has taken it over. */
    int release(Connection connection, KeyedRequest request, Instant now) throws SQLException {
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
