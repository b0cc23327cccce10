package http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A value in a body that is forwarded verbatim, with its whitespace, the text of its numbers and the order of its
 * members. The value is known to be well-formed, and no tree of it is kept. For the request's own thread, while the
 * request is being handled.
 */
public final class RawJson {

    private final byte[] body;
    private final int start;
    private final int end;
    private final long treeBytes;
    private final RequestMemory memory;

    /** @param treeBytes about how much heap a tree of the value would take, in bytes */
    RawJson(byte[] body, int start, int end, long treeBytes, RequestMemory memory) {
        this.body = body;
        this.start = start;
        this.end = end;
        this.treeBytes = treeBytes;
        this.memory = memory;
    }

    /** Its length in bytes, as received. */
    public int size() {
        return end - start;
    }

    /** A copy of its bytes, in UTF-8. */
    public byte[] bytes() {
        return Arrays.copyOfRange(body, start, end);
    }

    boolean isObject() {
        return body[start] == '{';
    }

    /** Its first characters, for an error message. */
    String shown() {
        int shownEnd = Math.min(end, start + 4 * Quoted.MAX_LENGTH);
        return Quoted.cut(new String(body, start, shownEnd - start, StandardCharsets.UTF_8));
    }

    /**
     * Applies a function to the value's tree. The tree is discarded afterwards.
     *
     * @throws Problem when there is no room for the tree
     */
    public <T> T withTree(Function<JsonNode, T> function) {
        return memory.withTree(treeBytes, () -> function.apply(Json.TREES.readTree(body, start, end - start)));
    }
}
