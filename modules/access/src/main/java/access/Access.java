package access;

/**
 * Decides which calls are allowed. A door of the hub asks once about each call that the door would serve. The head of
 * the request has then arrived, and the door has not read the body or the message. Health checks, metrics and
 * reflection are asked about, and so are calls for which there is no method or path: a policy must allow these
 * explicitly.
 *
 * <p>A door asks on the thread of the call, and many threads ask at the same time, so an implementation must be
 * thread-safe. Calls on other threads do not wait for the decision. The hub does not limit the time of a decision, so a
 * decision must not need the network or a lock that is held for long. An implementation that depends on remote data,
 * such as keys, decides with the last data that it has, and fetches new data on another thread. The thread of the call
 * may be interrupted during the decision, because the caller has disconnected or the hub stops.
 *
 * <p>An implementation decides about any input, and does not throw. If it throws anyway, or returns null, the door logs
 * the failure and refuses the call with HTTP status 500 or gRPC status {@code INTERNAL}. A failure lets no call in.
 */
@FunctionalInterface
public interface Access {

    /**
     * Decides about one call.
     *
     * @param caller the caller and the call; only valid until this method returns
     */
    Decision decide(Caller caller);

    /** Lets every call in, without asking who the caller is. */
    static Access everybody() {
        return _ -> Decision.Allowed.ANONYMOUS;
    }
}
