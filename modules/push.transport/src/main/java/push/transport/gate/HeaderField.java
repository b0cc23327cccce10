package push.transport.gate;

/**
 * A header field. Each character of either text stands for one byte, as in ISO 8859-1.
 *
 * @param name begins with a colon where the field is a pseudo-header
 */
record HeaderField(String name, String value) {

    /** What RFC 7541, section 4.1, and RFC 9113, section 6.5.2, count for each field beside its text, in bytes. */
    static final int OVERHEAD = 32;

    int size() {
        return name.length() + value.length() + OVERHEAD;
    }

    boolean isPseudo() {
        return name.startsWith(":");
    }
}
