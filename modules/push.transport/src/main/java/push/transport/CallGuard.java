package push.transport;

import static java.lang.System.Logger.Level.ERROR;

import access.Access;
import access.Caller;
import access.Decision;
import io.grpc.Status;
import java.util.Objects;
import java.util.Optional;
import push.engine.End;

/**
 * Asks {@link Access} about each gRPC call, before its message is read. Thread-safe.
 *
 * @param access decides which calls are let in
 */
record CallGuard(Access access) {

    private static final System.Logger LOG = System.getLogger(CallGuard.class.getName());

    /**
     * Asks about one call. Must be called on the stream's own thread, because the decision may take a while.
     *
     * @return the status that the call must end with; empty if the call is allowed
     */
    Optional<Status> refusal(Caller caller) {
        Decision decision;
        try {
            decision = Objects.requireNonNull(access.decide(caller), "no decision");
        } catch (RuntimeException | Error e) {
            LOG.log(ERROR, "a call was refused because it could not be decided whether it is allowed", e);
            return Optional.of(EndStatus.of(End.FAILED));
        }
        return switch (decision) {
            case Decision.Allowed _ -> Optional.empty();
            case Decision.Refused refused -> Optional.of(EndStatus.of(refused));
        };
    }
}
