package push.transport.gate;

/** A header field, each byte of its value as one character. */
record Field(String name, String value) {}
