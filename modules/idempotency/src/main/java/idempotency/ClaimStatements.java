package idempotency;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The SQL statements that claim keys. */
final class ClaimStatements {

    private static final String INSERT =
            "insert into idempotency_key (body_sha256, event_ids, owner, owned_until, claimed_at, expires_at, path, name)"
                    + " values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";

    private static final String REPLACE_EXPIRED =
            "update idempotency_key set body_sha256 = ?, event_ids = ?, owner = ?, owned_until = ?,"
                    + " claimed_at = ?, expires_at = ?, answer_status = null, answer = null" + KeyStatements.SAME_KEY;

    private static final String TAKE_OVER =
            "update idempotency_key set owner = ?, owned_until = ?" + KeyStatements.SAME_KEY;

    private static final String LOCK = "select * from idempotency_key" + KeyStatements.SAME_KEY + " for update";

    private final UUID owner;
    private final Duration timeout;

    /**
     * @param owner the id of this process
     * @param timeout how long a claim belongs to its owner alone
     */
    ClaimStatements(UUID owner, Duration timeout) {
        this.owner = owner;
        this.timeout = timeout;
    }

    /**
     * Tries to claim different keys, in the order of the collection. New keys are inserted in one batch.
     *
     * @param results gets the result of each claim
     */
    void execute(Connection connection, Collection<KeyWrite.Claiming> claims, Map<KeyedRequest, Claim> results)
            throws SQLException {
        if (claims.isEmpty()) {
            return;
        }
        List<KeyWrite.Claiming> inOrder = new ArrayList<>(claims);
        int[] inserted;
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (KeyWrite.Claiming claiming : inOrder) {
                BoundSql.bind(insert, newClaim(claiming));
                insert.addBatch();
            }
            inserted = insert.executeBatch();
        }
        for (int i = 0; i < inserted.length; i++) {
            KeyWrite.Claiming claiming = inOrder.get(i);
            results.put(
                    claiming.request(),
                    inserted[i] == 1 ? new Claim.Granted(claiming.ids()) : existing(connection, claiming));
        }
    }

    private Claim existing(Connection connection, KeyWrite.Claiming claiming) throws SQLException {
        Optional<Claim> claim = find(connection, claiming);
        while (claim.isEmpty()) { // the row was deleted before it could be read
            claim = BoundSql.update(connection, INSERT, newClaim(claiming)) == 1
                    ? Optional.of(new Claim.Granted(claiming.ids()))
                    : find(connection, claiming);
        }
        return claim.get();
    }

    private Object[] newClaim(KeyWrite.Claiming claiming) {
        return new Object[] {
            claiming.request().bodySha256(),
            String.join(" ", claiming.ids()),
            owner,
            claiming.now().plus(timeout),
            claiming.now(),
            claiming.expiresAt(),
            claiming.request().path(),
            claiming.request().key()
        };
    }

    private Optional<Claim> find(Connection connection, KeyWrite.Claiming claiming) throws SQLException {
        KeyedRequest request = claiming.request();
        try (PreparedStatement select = BoundSql.prepare(connection, LOCK, request.path(), request.key());
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            if (!BoundSql.time(row, "expires_at").isAfter(claiming.now())) {
                BoundSql.update(connection, REPLACE_EXPIRED, newClaim(claiming));
                return Optional.of(new Claim.Granted(claiming.ids()));
            }
            return Optional.of(unexpired(connection, claiming, row));
        }
    }

    private Claim unexpired(Connection connection, KeyWrite.Claiming claiming, ResultSet row) throws SQLException {
        KeyedRequest request = claiming.request();
        if (!row.getString("body_sha256").equals(request.bodySha256())) {
            return new Claim.OtherBody();
        }
        int status = row.getInt("answer_status");
        if (!row.wasNull()) {
            return new Claim.Completed(new KeyedResponse(status, row.getString("answer")));
        }
        Instant until = BoundSql.time(row, "owned_until");
        UUID holder = row.getObject("owner", UUID.class);
        if (until.isAfter(claiming.now()) && !holder.equals(owner) && !holder.equals(claiming.gone())) {
            return new Claim.Held(holder, until);
        }
        List<String> ids = List.of(row.getString("event_ids").split(" "));
        BoundSql.update(connection, TAKE_OVER, owner, claiming.now().plus(timeout), request.path(), request.key());
        return new Claim.Granted(ids);
    }
}
