package push.transport.gate;

/** What the head of a request may be at most, in bytes. */
final class HeadLimits {

    /** Of all header fields, as names, values and what stands between them; beyond, the answer is 431. */
    static final int FIELDS = 16 * 1024;

    /**
     * Of a request line; beyond, the answer is 414. A reason of 1,024 characters, of four bytes each, takes three for each of
     * these in a query.
     */
    static final int REQUEST_LINE = 16_384;

    private HeadLimits() {}
}
