package push.transport.gate;

import org.jspecify.annotations.Nullable;

/**
 * Turns the bytes that a peer sends over HTTP/1 into what Helidon reads: whole heads that Helidon accepts, and bodies
 * with correct framing. The bytes may arrive in any pieces. Does no input or output. For one thread at a time.
 */
final class Http1Inbound {

    /**
     * The largest number of empty lines before a request: some clients send one after a body (RFC 9112, section 2.2).
     */
    private static final int MAX_EMPTY_LINES = 4;

    private final Http1Limits limits;
    private final ByteQueue bytes = new ByteQueue();
    private HeadScanner scanner;
    private int emptyLines;
    private @Nullable Http1Request request;
    private @Nullable Http1Body body;

    Http1Inbound(Http1Limits limits) {
        this.limits = limits;
        this.scanner = scanner();
    }

    /** Adds bytes that have arrived, and takes ownership of the array. */
    void add(byte[] come) {
        bytes.add(come);
    }

    /**
     * Takes the next piece: a whole head, or a part of the body after it.
     *
     * @return null if more bytes must arrive first
     */
    byte @Nullable [] next() throws Refusal {
        return body == null || body.isOver() ? nextHead() : body.take(bytes);
    }

    private byte @Nullable [] nextHead() throws Refusal {
        body = null;
        skipEmptyLines();
        if (bytes.size() == 1 && bytes.peek(0) == '\r') {
            return null; // the next byte shows whether this is an empty line
        }
        int length = scanner.scan(bytes.array(), bytes.from(), bytes.to());
        if (length < 0) {
            return null;
        }
        Http1Head head = Http1Head.parse(scanner.requestLine(), bytes.array(), bytes.skip(length), length);
        scanner = scanner();
        emptyLines = 0;
        Http1Request next = Http1Request.of(head);
        request = next;
        body = Http1Body.of(next, limits.fields());
        return next.forHelidon();
    }

    private HeadScanner scanner() {
        return new HeadScanner(limits.requestLine(), limits.fields());
    }

    private void skipEmptyLines() throws Refusal {
        while (bytes.size() > 1 && bytes.peek(0) == '\r' && bytes.peek(1) == '\n') {
            bytes.skip(2);
            if (++emptyLines > MAX_EMPTY_LINES) {
                throw new Refusal(400, "a request must not begin with more than " + MAX_EMPTY_LINES + " empty lines");
            }
        }
    }

    /** The request whose head was taken last; null before the first. */
    @Nullable
    Http1Request request() {
        return request;
    }

    /** Whether a head was taken, and its body has not been taken completely. */
    boolean isInBody() {
        return body != null && !body.isOver();
    }

    /** The number of body bytes that have been taken. */
    long bodySize() {
        return body == null ? 0 : body.size();
    }

    /** Whether nothing of the next request has arrived. */
    boolean isBetweenRequests() {
        return !isInBody() && bytes.size() == 0 && emptyLines == 0;
    }
}
