package auth;

import java.util.UUID;

/** The user already has the maximum number of open sessions; nothing was done. */
public final class TooManySessions extends RuntimeException {

    private static final long serialVersionUID = 1;

    TooManySessions(UUID userId, int max) {
        super("user " + userId + " has " + max + " open sessions, which is the maximum; revoke some of them first");
    }
}
