package http;

import http.JsonLexer.StringKind;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Scans JSON text once, before it is parsed. The scan finds every error (violations of RFC 8259, duplicate names, deep
 * nesting, unpaired surrogates, numbers outside the allowed range), and the positions of the values that are forwarded
 * verbatim. It builds no tree. For one thread.
 */
final class JsonScan {

    private final byte[] text;
    private final JsonLexer lexer;
    private final Set<String> rawNames;
    private final JsonMemory heap;
    private final RawSpans raw;

    // One entry for each open object or array, by depth. An array has no names.
    private final @Nullable NameSet[] names = new @Nullable NameSet[Json.MAX_DEPTH + 1];
    private final int[] elements = new int[Json.MAX_DEPTH + 1];
    private final long[] heldForNames = new long[Json.MAX_DEPTH + 1];
    private int depth;

    private final JsonFindings outside = JsonFindings.outside();

    /** What is collected now: {@link #outside}, or the findings in the raw value that is being scanned. */
    private JsonFindings findings = outside;

    /**
     * @param text the JSON text, in well-formed UTF-8
     * @param length how many bytes of the array the text has
     * @param rawNames the names of the members whose values are forwarded, if these are objects or arrays
     */
    JsonScan(byte[] text, int length, Set<String> rawNames, JsonMemory heap) {
        this.text = text;
        this.lexer = new JsonLexer(text, length);
        this.rawNames = rawNames;
        this.heap = heap;
        this.raw = new RawSpans(text, length);
    }

    /**
     * Scans the whole text.
     *
     * @return false when there is only whitespace
     * @throws IllegalArgumentException when the text is not JSON; the message gives the reason, in words for the caller
     */
    boolean run() {
        lexer.skipWhitespace();
        if (lexer.isAtEnd()) {
            return false;
        }
        value();
        lexer.skipWhitespace();
        if (!lexer.isAtEnd()) {
            throw JsonLexer.no("the value is followed by more text");
        }
        return true;
    }

    /** The values that are forwarded. */
    RawSpans raw() {
        return raw;
    }

    /** The error in the text outside the forwarded values. */
    JsonFlaw flaw() {
        return outside.flaw();
    }

    /** Scans a complete value. It does not recurse, because the stack of the calling thread may be small. */
    private void value() {
        begin();
        while (depth > 0) {
            advance();
        }
    }

    /** Scans a simple value, or enters an object or an array. */
    private void begin() {
        switch (lexer.peek()) {
            case '{' -> enter(true, HeapCost.OBJECT);
            case '[' -> enter(false, HeapCost.ARRAY);
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        }
    }

    private void string() {
        findings.addString(lexer.skipString());
    }

    private void literal(String literal) {
        lexer.skipLiteral(literal);
        findings.addTreeBytes(HeapCost.SCALAR);
    }

    private void number() {
        int from = lexer.position();
        lexer.skipNumber();
        findings.addNumber(text, from, lexer.position() - from);
    }

    private void enter(boolean isObject, long cost) {
        findings.addTreeBytes(cost);
        if (++depth > Json.MAX_DEPTH) {
            throw Json.tooDeepOrLong();
        }
        lexer.skip();
        elements[depth] = 0;
        heldForNames[depth] = 0;
        NameSet before = names[depth];
        if (isObject) {
            names[depth] = before == null ? new NameSet(text) : before.clear();
        } else {
            names[depth] = null;
        }
    }

    /** Inside an object or an array: scans its end, or begins its next value. */
    private void advance() {
        NameSet known = names[depth];
        lexer.skipWhitespace();
        if (lexer.isAt(known == null ? ']' : '}')) {
            leave();
            return;
        }
        if (elements[depth]++ > 0) {
            lexer.expect(',');
            lexer.skipWhitespace();
        }
        if (known != null) {
            beginMember(known);
        }
        begin();
    }

    private void leave() {
        heap.add(-heldForNames[depth]);
        depth--;
        lexer.skip();
        if (findings.endsAt(depth)) {
            raw.add(findings.span(lexer.position()));
            findings = outside;
        }
    }

    /** Scans the name of a member, up to the first byte of its value. */
    private void beginMember(NameSet known) {
        int from = lexer.position();
        boolean isPlain = skipName();
        int end = lexer.position();
        int length = end - from - 2;
        holdForName(isPlain ? HeapCost.NAME_SEEN : HeapCost.NAME_SEEN + HeapCost.unescapedName(length));
        findings.addTreeBytes(HeapCost.member(elements[depth] - 1, length));
        boolean isNew = isPlain
                ? known.add(from + 1, length)
                : known.add(name(from, end, false).getBytes(StandardCharsets.UTF_8));
        if (!isNew) {
            throw JsonLexer.no("the name " + Quoted.of(name(from, end, isPlain)) + " occurs twice in one object");
        }
        lexer.skipWhitespace();
        lexer.expect(':');
        lexer.skipWhitespace();
        boolean isContainer = lexer.isAt('{') || lexer.isAt('[');
        if (findings == outside && isContainer && rawNames.contains(name(from, end, isPlain))) {
            findings = JsonFindings.inside(depth, lexer.position());
        }
    }

    private void holdForName(long bytes) {
        heldForNames[depth] += bytes;
        heap.add(bytes);
    }

    /** Skips a name. Returns whether the name is plain, that is, has no escapes. */
    private boolean skipName() {
        int from = lexer.position();
        StringKind kind = lexer.skipString();
        if (kind == StringKind.UNPAIRED_SURROGATE) {
            throw JsonLexer.no("a name has an unpaired surrogate");
        }
        int end = lexer.position();
        boolean isPlain = kind == StringKind.PLAIN;
        if (end - from - 2 > Json.MAX_NAME_LENGTH && name(from, end, isPlain).length() > Json.MAX_NAME_LENGTH) {
            throw Json.tooDeepOrLong();
        }
        return isPlain;
    }

    /**
     * Decodes the name whose quotation marks are at {@code from} and just before {@code end}.
     *
     * @param isPlain whether it has no escapes
     */
    private String name(int from, int end, boolean isPlain) {
        return isPlain
                ? new String(text, from + 1, end - from - 2, StandardCharsets.UTF_8)
                : Json.TREES.readTree(text, from, end - from).stringValue();
    }
}
