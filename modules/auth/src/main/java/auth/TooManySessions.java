package auth;

import java.util.UUID;

/** A user has as many open sessions as there may be; nothing was done. */
public final class TooManySessions extends RuntimeException {

    private static final long serialVersionUID = 1;

    TooManySessions(UUID userId, int max) {
        super("user " + userId + " has " + max + " open sessions, which is as many as there may be; revoke some");
    }
}
