package auth;

import java.util.List;
import java.util.UUID;
import push.api.SessionInvalidator;
import testing.TestDatabase;

/**
 * A user whose sessions are revoked in a new database. The revocations stay in the outbox until a test runs a relay.
 */
final class TestOutbox implements AutoCloseable {

    final TestAuth auth;
    final Sessions sessions;
    final UUID user = UUID.randomUUID();

    TestOutbox(TestDatabase kind) {
        auth = new TestAuth(kind);
        sessions = auth.withoutRelay();
    }

    /** Revokes all sessions of the user, once for each reason. */
    void revoke(String... reasons) {
        for (String reason : reasons) {
            sessions.revokeAll(user, RevocationContext.of(reason));
        }
    }

    /** The reasons of the revocations that were published, in their order. */
    List<String> publishedReasons() {
        return auth.invalidations.reasons();
    }

    /** A relay that publishes elsewhere. */
    Relay relayTo(SessionInvalidator invalidator) {
        return new Relay(auth.revocations, invalidator, auth.clock, () -> true);
    }

    @Override
    public void close() {
        auth.close();
    }
}
