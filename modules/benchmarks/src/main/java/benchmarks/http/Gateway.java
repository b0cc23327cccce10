package benchmarks.http;

import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import push.protocol.v1.PushEvent;
import push.protocol.v1.SessionInvalidation;
import testing.ForeignGateway;

/** A gateway that reports each arrival to an account. */
final class Gateway implements AutoCloseable {

    /**
     * Long, because no event arrives while sessions are opened, and the caller of the benchmark decides how long that
     * takes.
     */
    private static final Duration TIMEOUT = Duration.ofDays(1);

    private final Account account;
    private final ManagedChannel channel;
    private final ForeignGateway subscription;

    /** Subscribes. */
    Gateway(int port, Account account) throws Exception {
        this.account = account;
        channel = ForeignGateway.connect(port);
        subscription = new ForeignGateway(channel, ForeignGateway.request("bench", "")).subscribed();
        subscription.readingAll();
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try {
            for (Optional<PushEvent> event = subscription.nextOrEnd(TIMEOUT);
                    event.isPresent();
                    event = subscription.nextOrEnd(TIMEOUT)) {
                account.arrived(id(event.get()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static UUID id(PushEvent event) {
        if (event.hasClientEvent()) {
            return UUID.fromString(event.getClientEvent().getEventId());
        }
        SessionInvalidation invalidation = event.getSessionInvalidation();
        String session = invalidation.getDeviceSessionId();
        return UUID.fromString(session.isEmpty() ? invalidation.getUserId() : session);
    }

    @Override
    public void close() {
        subscription.cancel();
        channel.shutdownNow();
    }
}
