package http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Where the raw values of a JSON text are. A raw value is an object or an array that is forwarded verbatim: the text
 * around it is parsed, and the value itself is not. For one thread.
 */
final class RawSpans implements Iterable<RawSpans.Span> {

    /**
     * The place of one raw value.
     *
     * @param start the position of its first byte, a brace or a bracket
     * @param end the position after its last byte
     * @param treeBytes about how much heap a tree of the value would take, in bytes
     * @param flaw the error in the value
     */
    record Span(int start, int end, long treeBytes, JsonFlaw flaw) {}

    private final byte[] text;
    private final int length;
    private final List<Span> spans = new ArrayList<>();

    /**
     * @param text the JSON text
     * @param length how many bytes of the array the text has
     */
    RawSpans(byte[] text, int length) {
        this.text = text;
        this.length = length;
    }

    /** Adds a span behind all others. */
    void add(Span span) {
        spans.add(span);
    }

    /** The spans, in the order of the text. */
    @Override
    public Iterator<Span> iterator() {
        return spans.iterator();
    }

    /** The text without the raw values: each is replaced by an empty object or array. */
    byte[] remainder() {
        if (spans.isEmpty()) {
            return text;
        }
        byte[] remainder = new byte[remainderLength()];
        int from = 0;
        int to = 0;
        for (Span span : spans) {
            int count = span.start() + 1 - from;
            System.arraycopy(text, from, remainder, to, count);
            to += count;
            from = span.end() - 1;
        }
        System.arraycopy(text, from, remainder, to, length - from);
        return remainder;
    }

    /** How many bytes of the array that {@link #remainder} returns the text has. */
    int remainderLength() {
        int count = length;
        for (Span span : spans) {
            count -= span.end() - span.start() - 2;
        }
        return count;
    }
}
