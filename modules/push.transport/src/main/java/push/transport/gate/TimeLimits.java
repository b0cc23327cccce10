package push.transport.gate;

import java.time.Duration;

/** Time limits for requests and responses that HTTP/1 and HTTP/2 share. */
final class TimeLimits {

    /** The age from which a request's body must average at least {@link #MIN_BYTES_A_SECOND}. */
    static final Duration SLOW_AFTER = Duration.ofSeconds(10);

    static final int MIN_BYTES_A_SECOND = 1_024;

    /** The time in which the whole request must arrive, however fast its body is. */
    static final Duration WHOLE_REQUEST = Duration.ofSeconds(30);

    /** How long a peer may send nothing while the hub waits for more of its request. */
    static final Duration SILENT = Duration.ofSeconds(30);

    /** How long a response may wait while the peer reads nothing of it. */
    static final Duration RESPONSE_STALL = Duration.ofSeconds(30);

    private TimeLimits() {}
}
