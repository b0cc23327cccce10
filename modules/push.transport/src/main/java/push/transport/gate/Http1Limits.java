package push.transport.gate;

import java.time.Duration;

/**
 * The limits of a peer over HTTP/1.
 *
 * @param requestLine the maximum length of a request line, in bytes; a longer one gets a 414
 * @param fields the maximum length of all header fields of a request together, in bytes; more gets a 431
 * @param head the longest time for a request head: for the first one, from the start of the connection, and without a
 *     response when the time is exceeded; for each later one, from its first byte
 * @param slow the time after which the body must have arrived at {@code minRate} on average
 * @param minRate the lowest average rate of a slow body, in bytes a second
 * @param request the longest time for a whole request at any rate, not counting the time in which the hub does not read
 * @param silence the longest time for which a peer may send nothing while its request is incomplete
 * @param stall the longest time for which a peer may read nothing of its response
 * @param linger the time that a peer has to read a response before the hub closes its connection
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
                TimeLimits.RESPONSE_STALL,
                Duration.ofMillis(750)); // checked every 250 ms: within a second in all
    }

    /**
     * These limits, lowered to the given ones where those are smaller.
     *
     * @param maxRequestLine the maximum length of a request line, in bytes
     * @param maxFields the maximum length of all header fields of a request together, in bytes
     * @param readTimeout how long a peer may send nothing within a request; zero for no limit
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
