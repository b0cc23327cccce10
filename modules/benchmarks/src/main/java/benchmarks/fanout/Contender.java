package benchmarks.fanout;

import java.util.Locale;

/** What is compared. */
enum Contender {
    /** The hub. */
    PUSH,
    /** The algorithm of its predecessor on grpc-java's server. */
    REFERENCE_NETTY,
    /** The NATS server. */
    NATS,
    /** The NATS server's log, with a consumer for each subscriber. */
    JETSTREAM,
    /** Sockets, and nothing else. */
    FLOOR;

    /** Starts its server in this process. */
    Target target() {
        return switch (this) {
            case PUSH -> new PushTarget(0);
            case REFERENCE_NETTY -> new ReferenceTarget(0);
            case NATS -> new NatsTarget(false);
            case JETSTREAM -> new NatsTarget(true);
            case FLOOR -> new FloorTarget(0);
        };
    }

    /** Its clients, of which there are none yet. */
    Subscribers subscribers(int port) {
        return switch (this) {
            case PUSH, REFERENCE_NETTY -> new GrpcSubscribers(port);
            case NATS -> new NatsSubscribers(port, false);
            case JETSTREAM -> new NatsSubscribers(port, true);
            case FLOOR -> new FloorSubscribers(port);
        };
    }

    /** Whether a subscriber can come back to where it was, in a way that can be compared. */
    boolean replays() {
        return this == PUSH || this == REFERENCE_NETTY;
    }

    /** Whether it can run here. */
    boolean isHere() {
        return switch (this) {
            case PUSH, REFERENCE_NETTY, FLOOR -> true;
            case NATS, JETSTREAM -> NatsTarget.isInstalled();
        };
    }

    /** Whether its server runs in a heap of Java's. */
    boolean isJava() {
        return this != NATS && this != JETSTREAM;
    }

    /** Its name in results. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
