package http;

/** What a {@link JsonScan} finds in one raw value, or in the text outside all raw values. For one thread. */
final class JsonFindings {

    /** The number of objects and arrays around the value; negative for the text outside all raw values. */
    private final int depth;

    private final int start;
    private long treeBytes;
    private boolean hasBadNumber;
    private boolean hasUnpairedSurrogate;

    private JsonFindings(int depth, int start) {
        this.depth = depth;
        this.start = start;
    }

    /** Starts the findings in a raw value, which begins at {@code start} inside {@code depth} objects and arrays. */
    static JsonFindings inside(int depth, int start) {
        return new JsonFindings(depth, start);
    }

    /** Starts the findings in the text outside all raw values. */
    static JsonFindings outside() {
        return new JsonFindings(-1, 0);
    }

    /** Adds heap that a tree needs, in bytes. */
    void addTreeBytes(long bytes) {
        treeBytes += bytes;
    }

    void addString(JsonLexer.StringKind kind) {
        treeBytes += HeapCost.string(0);
        hasUnpairedSurrogate |= kind == JsonLexer.StringKind.UNPAIRED_SURROGATE;
    }

    /** Adds a number, whose text is a part of {@code text}. */
    void addNumber(byte[] text, int from, int length) {
        treeBytes += HeapCost.number(length);
        hasBadNumber |= !JsonNumber.isAccepted(text, from, length);
    }

    /** Whether these findings are about a raw value that ends inside {@code enclosing} objects and arrays. */
    boolean endsAt(int enclosing) {
        return depth == enclosing;
    }

    JsonFlaw flaw() {
        if (hasBadNumber) {
            return JsonFlaw.NUMBER;
        }
        return hasUnpairedSurrogate ? JsonFlaw.UNPAIRED_SURROGATE : JsonFlaw.NONE;
    }

    /** The span of the raw value, once the scan has reached its end. */
    RawSpans.Span span(int end) {
        // The characters of the value's strings take at most twice its length.
        return new RawSpans.Span(start, end, treeBytes + 2L * (end - start), flaw());
    }
}
