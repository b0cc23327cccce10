package push.transport.gate;

/**
 * A header field. Each character of the name and the value stands for one byte, as in ISO 8859-1.
 *
 * @param name the name; begins with a colon if the field is a pseudo-header field
 */
record HeaderField(String name, String value) {

    /** The bytes that RFC 7541, section 4.1, and RFC 9113, section 6.5.2, add to the text of each field. */
    static final int OVERHEAD = 32;

    int size() {
        return name.length() + value.length() + OVERHEAD;
    }

    boolean isPseudo() {
        return name.startsWith(":");
    }
}
