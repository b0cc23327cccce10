package push.transport.gate;

/** The limits of a request head, in bytes. */
final class HeadLimits {

    /** The limit of all header fields together, in bytes, including separators; a longer head gets a 431. */
    static final int FIELDS = 16 * 1024;

    /**
     * The limit of a request line, in bytes; a longer one gets a 414. A revocation's reason of 1,024 characters takes
     * up to 12 KiB in a query: four bytes for each character, and three characters for each byte in percent-encoding.
     */
    static final int REQUEST_LINE = 16_384;

    private HeadLimits() {}
}
