package benchmarks.fanout;

import java.util.Locale;

/** The servers that are compared. */
enum Contender {
    /** The hub. */
    PUSH,
    /** The algorithm of the hub's predecessor, on grpc-java's server. */
    REFERENCE_NETTY,
    /** The NATS server. */
    NATS,
    /** The NATS server's log, with a consumer for each subscriber. */
    JETSTREAM,
    /** Plain sockets, without anything else. */
    FLOOR;

    /** Starts the server, with a publisher in this process. */
    Target target() {
        return switch (this) {
            case PUSH -> new PushTarget(0);
            case REFERENCE_NETTY -> new ReferenceTarget(0);
            case NATS -> new NatsTarget(false);
            case JETSTREAM -> new NatsTarget(true);
            case FLOOR -> new FloorTarget(0);
        };
    }

    /** Creates the clients, without any subscriber yet. */
    Subscribers subscribers(int port) {
        return switch (this) {
            case PUSH, REFERENCE_NETTY -> new GrpcSubscribers(port);
            case NATS -> new NatsSubscribers(port, false);
            case JETSTREAM -> new NatsSubscribers(port, true);
            case FLOOR -> new FloorSubscribers(port);
        };
    }

    /** True if a subscriber can resume from its position, in a comparable way. */
    boolean replays() {
        return this == PUSH || this == REFERENCE_NETTY;
    }

    /** True if the server can run on this machine. */
    boolean isAvailable() {
        return switch (this) {
            case PUSH, REFERENCE_NETTY, FLOOR -> true;
            case NATS, JETSTREAM -> NatsTarget.isInstalled();
        };
    }

    /** True if the server is a Java process. */
    boolean isJava() {
        return this != NATS && this != JETSTREAM;
    }

    /** Returns the name in results. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
