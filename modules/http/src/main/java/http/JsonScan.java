package http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Scans JSON text once, byte by byte, before it is parsed. The scan finds every error (violations of RFC 8259,
 * duplicate names, deep nesting, unpaired surrogates, numbers outside the allowed range), and the positions of the
 * values that are forwarded verbatim. It builds no tree. For one thread.
 */
final class JsonScan {

    /** An error in a value that is well-formed. */
    enum Flaw {
        NONE,
        NUMBER,
        HALF_PAIR
    }

    /**
     * A value that is forwarded verbatim.
     *
     * @param start the position of its first byte, a brace or a bracket
     * @param end the position after its last byte
     * @param treeBytes about how much heap a tree of the value would take, in bytes
     */
    record Raw(int start, int end, long treeBytes, Flaw flaw) {}

    private final byte[] text;
    private final int end;
    private final Set<String> rawNames;
    private final JsonAccount account;
    private final List<Raw> raw = new ArrayList<>();
    private int at;
    private long treeBytes;
    private boolean hasBadNumber;
    private boolean hasHalfPair;

    // One entry for each open object or array, by depth. An array has no names.
    private final @Nullable OpenNames[] names = new @Nullable OpenNames[Json.MAX_DEPTH + 1];
    private final int[] elements = new int[Json.MAX_DEPTH + 1];
    private final long[] heldForNames = new long[Json.MAX_DEPTH + 1];
    private int depth;

    // The state of the raw value that is being scanned.
    private boolean isInRaw;
    private int rawDepth;
    private int rawStart;
    private long treeBytesBefore;
    private boolean hadBadNumber;
    private boolean hadHalfPair;

    /**
     * @param text the JSON text, in well-formed UTF-8
     * @param length how many bytes of the array the text has
     * @param rawNames the names of the members whose values are forwarded, if these are objects or arrays
     */
    JsonScan(byte[] text, int length, Set<String> rawNames, JsonAccount account) {
        this.text = text;
        this.end = length;
        this.rawNames = rawNames;
        this.account = account;
    }

    /**
     * Scans the whole text.
     *
     * @return false when there is only whitespace
     * @throws IllegalArgumentException when the text is not JSON; the message gives the reason, in words for the caller
     */
    boolean run() {
        skipBlanks();
        if (at == end) {
            return false;
        }
        value();
        skipBlanks();
        if (at < end) {
            throw no("there is something behind the value");
        }
        return true;
    }

    /** The values that are forwarded, in the order of the text. */
    List<Raw> raw() {
        return raw;
    }

    /** The error in the text outside the forwarded values. */
    Flaw flaw() {
        if (hasBadNumber) {
            return Flaw.NUMBER;
        }
        return hasHalfPair ? Flaw.HALF_PAIR : Flaw.NONE;
    }

    /** Scans a complete value. It does not recurse, because the stack of the calling thread may be small. */
    private void value() {
        begin();
        while (depth > 0) {
            goOn();
        }
    }

    /** Scans a simple value, or enters an object or an array. */
    private void begin() {
        switch (peek()) {
            case '{' -> enter(true, HeapCost.OBJECT);
            case '[' -> enter(false, HeapCost.ARRAY);
            case '"' -> {
                skipText();
                treeBytes += HeapCost.string(0);
            }
            case 't' -> word("true");
            case 'f' -> word("false");
            case 'n' -> word("null");
            default -> number();
        }
    }

    private void enter(boolean isObject, long cost) {
        treeBytes += cost;
        if (++depth > Json.MAX_DEPTH) {
            throw Json.tooDeepOrLong();
        }
        at++;
        elements[depth] = 0;
        heldForNames[depth] = 0;
        OpenNames before = names[depth];
        if (isObject) {
            names[depth] = before == null ? new OpenNames(text) : before.clear();
        } else {
            names[depth] = null;
        }
    }

    /** Inside an object or an array: scans its end, or begins its next value. */
    private void goOn() {
        OpenNames known = names[depth];
        skipBlanks();
        if (isAt(known == null ? ']' : '}')) {
            leave();
            return;
        }
        if (elements[depth]++ > 0) {
            expect(',');
            skipBlanks();
        }
        if (known != null) {
            beginMember(known);
        }
        begin();
    }

    private void leave() {
        account.add(-heldForNames[depth]);
        depth--;
        at++;
        if (isInRaw && depth == rawDepth) {
            endRaw();
        }
    }

    private void beginMember(OpenNames known) {
        int from = at;
        boolean isPlain = skipName();
        int end = at;
        int length = end - from - 2;
        holdForName(isPlain ? HeapCost.NAME_SEEN : HeapCost.NAME_SEEN + HeapCost.unescapedName(length));
        treeBytes += HeapCost.member(elements[depth] - 1, length);
        boolean isNew = isPlain
                ? known.add(from + 1, length)
                : known.add(name(from, end, false).getBytes(StandardCharsets.UTF_8));
        if (!isNew) {
            throw no("the name " + Quoted.of(name(from, end, isPlain)) + " comes twice in one object");
        }
        skipBlanks();
        expect(':');
        skipBlanks();
        boolean isContainer = peek() == '{' || peek() == '[';
        if (!isInRaw && isContainer && rawNames.contains(name(from, end, isPlain))) {
            beginRaw();
        }
    }

    private void holdForName(long bytes) {
        heldForNames[depth] += bytes;
        account.add(bytes);
    }

    private void beginRaw() {
        hadBadNumber = hasBadNumber;
        hadHalfPair = hasHalfPair;
        hasBadNumber = false;
        hasHalfPair = false;
        isInRaw = true;
        rawDepth = depth;
        rawStart = at;
        treeBytesBefore = treeBytes;
    }

    private void endRaw() {
        // The characters of the value's strings take at most twice its length.
        raw.add(new Raw(rawStart, at, treeBytes - treeBytesBefore + 2L * (at - rawStart), flaw()));
        isInRaw = false;
        hasBadNumber = hadBadNumber;
        hasHalfPair = hadHalfPair;
    }

    private boolean isAt(char c) {
        return peek() == c;
    }

    private void expect(char c) {
        if (!isAt(c)) {
            throw unexpected();
        }
        at++;
    }

    private void skipBlanks() {
        while (at < end && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t')) {
            at++;
        }
    }

    private int peek() {
        if (at == end) {
            throw no("it ends too early");
        }
        return text[at];
    }

    /** Skips a name. Returns whether the name is plain, that is, has no escapes. */
    private boolean skipName() {
        if (!isAt('"')) {
            throw unexpected();
        }
        int from = at;
        boolean hasHalfPairBefore = hasHalfPair;
        hasHalfPair = false;
        boolean isPlain = skipText();
        if (hasHalfPair) {
            throw no("a name has half a surrogate pair");
        }
        hasHalfPair = hasHalfPairBefore;
        if (at - from - 2 > Json.MAX_NAME_LENGTH && name(from, at, isPlain).length() > Json.MAX_NAME_LENGTH) {
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

    /** Skips a string. Returns whether the string is plain, that is, has no escapes. */
    private boolean skipText() {
        boolean isPlain = true;
        at++;
        while (peek() != '"') {
            int c = text[at++];
            if (c == '\\') {
                isPlain = false;
                escape();
            } else if (c >= 0 && c < ' ') {
                throw no("a text has a control character that is not escaped, at byte " + (at - 1));
            }
        }
        at++;
        return isPlain;
    }

    private void escape() {
        int c = peek();
        at++;
        if (c != 'u') {
            if ("\"\\/bfnrt".indexOf(c) < 0) {
                throw no("a text has an escape that there is not, at byte " + (at - 2));
            }
            return;
        }
        char unit = unit();
        if (Character.isHighSurrogate(unit) && at + 1 < end && text[at] == '\\' && text[at + 1] == 'u') {
            int second = at;
            at += 2;
            if (Character.isLowSurrogate(unit())) {
                return;
            }
            at = second; // it is scanned as a separate escape
        }
        hasHalfPair |= Character.isSurrogate(unit);
    }

    private char unit() {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = Character.digit(peek(), 16);
            if (digit < 0) {
                throw unexpected();
            }
            unit = unit << 4 | digit;
            at++;
        }
        return (char) unit;
    }

    private void word(String word) {
        for (int i = 0; i < word.length(); i++) {
            expect(word.charAt(i));
        }
        treeBytes += HeapCost.SCALAR;
    }

    private void number() {
        int from = at;
        if (isAt('-')) {
            at++;
        }
        if (isAt('0')) {
            at++;
        } else {
            digits();
        }
        if (at < end && text[at] == '.') {
            at++;
            digits();
        }
        if (at < end && (text[at] == 'e' || text[at] == 'E')) {
            at++;
            if (isAt('+') || isAt('-')) {
                at++;
            }
            digits();
        }
        treeBytes += HeapCost.number(at - from);
        hasBadNumber |= !JsonNumber.isTaken(text, from, at - from);
    }

    /** Scans at least one digit. */
    private void digits() {
        if (!isDigit(peek())) {
            throw unexpected();
        }
        while (at < end && isDigit(text[at])) {
            at++;
        }
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private IllegalArgumentException unexpected() {
        int c = peek();
        String shown = c > ' ' && c < 0x7f ? "\"" + (char) c + "\"" : "0x%02x".formatted(c & 0xff);
        return no("there is an unexpected " + shown + " at byte " + at);
    }

    private static IllegalArgumentException no(String why) {
        return new IllegalArgumentException("no JSON: " + why);
    }

    /** The text without the forwarded values: each is replaced by an empty object or array. */
    byte[] rest() {
        if (raw.isEmpty()) {
            return text;
        }
        byte[] rest = new byte[restLength()];
        int from = 0;
        int to = 0;
        for (Raw each : raw) {
            int length = each.start() + 1 - from;
            System.arraycopy(text, from, rest, to, length);
            to += length;
            from = each.end() - 1;
        }
        System.arraycopy(text, from, rest, to, end - from);
        return rest;
    }

    /** The number of bytes that {@link #rest} has. */
    int restLength() {
        int length = end;
        for (Raw each : raw) {
            length -= each.end() - each.start() - 2;
        }
        return length;
    }
}
