package push.transport.gate;

import java.time.Duration;

/** How long requests and answers may take, over HTTP/1 and over HTTP/2 alike. */
final class TimeLimits {

    /** The age of a request from which its body must have arrived at {@link #MIN_BYTES_A_SECOND} on average. */
    static final Duration SLOW_AFTER = Duration.ofSeconds(10);

    static final int MIN_BYTES_A_SECOND = 1_024;

    /** The time in which the whole request must arrive, however fast its body is. */
    static final Duration WHOLE_REQUEST = Duration.ofSeconds(30);

    /** How long a peer may send nothing while the hub waits for more of its request. */
    static final Duration SILENT = Duration.ofSeconds(30);

    /** How long an answer may wait without the peer taking any of it. */
    static final Duration UNTAKEN = Duration.ofSeconds(30);

    private TimeLimits() {}
}
