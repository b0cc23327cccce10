package http;

/** An error in a JSON value that does not violate the grammar. */
enum JsonFlaw {
    /** No error. */
    NONE,
    /** A number that {@link JsonNumber} does not accept. */
    NUMBER,
    /** A string with a surrogate that is not part of a pair, which has no UTF-8 form. */
    UNPAIRED_SURROGATE
}
