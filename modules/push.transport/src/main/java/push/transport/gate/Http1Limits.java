package push.transport.gate;

import java.time.Duration;

/**
 * What a peer may do over HTTP/1.
 *
 * @param requestLine the length of a request line at most, in bytes; beyond, the answer is 414
 * @param fields the length of all header fields of a request at most, in bytes; beyond, the answer is 431
 * @param head the time that a head may take: the first from the start of its connection, each later one from its first
 *     byte
 * @param slow the time after which a body must have come at {@code minRate}
 * @param minRate the number of bytes of a body that must come in a second, on average
 * @param request the time that a request may take whatever its rate, without the time in which the hub does not read it
 * @param silence the time that a peer may send nothing while its request is not complete
 * @param stall the time that a peer may take nothing of its answer
 * @param linger the time that a peer has to read an answer behind which its connection closes
 */
public record Http1Limits(
        int requestLine,
        int fields,
        Duration head,
        Duration slow,
        int minRate,
        Duration request,
        Duration silence,
        Duration stall,
        Duration linger) {

    /** The limits of the hub. */
    public static Http1Limits defaults() {
        return new Http1Limits(
                HeadLimits.REQUEST_LINE,
                HeadLimits.FIELDS,
                Duration.ofSeconds(10),
                TimeLimits.SLOW_AFTER,
                TimeLimits.MIN_BYTES_A_SECOND,
                TimeLimits.WHOLE_REQUEST,
                TimeLimits.SILENT,
                TimeLimits.UNTAKEN,
                Duration.ofMillis(750)); // looked at every 250 ms: within a second
    }

    /**
     * The same limits, but for those that are smaller here.
     *
     * @param maxRequestLine in bytes
     * @param maxFields in bytes
     * @param readTimeout the time that a peer may send nothing; zero is no limit
     */
    public Http1Limits atMost(int maxRequestLine, int maxFields, Duration readTimeout) {
        return new Http1Limits(
                Math.min(requestLine, maxRequestLine),
                Math.min(fields, maxFields),
                head,
                slow,
                minRate,
                request,
                readTimeout.isPositive() && readTimeout.compareTo(silence) < 0 ? readTimeout : silence,
                stall,
                linger);
    }
}
