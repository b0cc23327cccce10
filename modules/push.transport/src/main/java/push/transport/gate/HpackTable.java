package push.transport.gate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The two tables of a decoder: the static one of RFC 7541, appendix A, and the dynamic one. For one thread. */
final class HpackTable {

    private static final List<HeaderField> STATIC = List.of(
            field(":authority", ""),
            field(":method", "GET"),
            field(":method", "POST"),
            field(":path", "/"),
            field(":path", "/index.html"),
            field(":scheme", "http"),
            field(":scheme", "https"),
            field(":status", "200"),
            field(":status", "204"),
            field(":status", "206"),
            field(":status", "304"),
            field(":status", "400"),
            field(":status", "404"),
            field(":status", "500"),
            field("accept-charset", ""),
            field("accept-encoding", "gzip, deflate"),
            field("accept-language", ""),
            field("accept-ranges", ""),
            field("accept", ""),
            field("access-control-allow-origin", ""),
            field("age", ""),
            field("allow", ""),
            field("authorization", ""),
            field("cache-control", ""),
            field("content-disposition", ""),
            field("content-encoding", ""),
            field("content-language", ""),
            field("content-length", ""),
            field("content-location", ""),
            field("content-range", ""),
            field("content-type", ""),
            field("cookie", ""),
            field("date", ""),
            field("etag", ""),
            field("expect", ""),
            field("expires", ""),
            field("from", ""),
            field("host", ""),
            field("if-match", ""),
            field("if-modified-since", ""),
            field("if-none-match", ""),
            field("if-range", ""),
            field("if-unmodified-since", ""),
            field("last-modified", ""),
            field("link", ""),
            field("location", ""),
            field("max-forwards", ""),
            field("proxy-authenticate", ""),
            field("proxy-authorization", ""),
            field("range", ""),
            field("referer", ""),
            field("refresh", ""),
            field("retry-after", ""),
            field("server", ""),
            field("set-cookie", ""),
            field("strict-transport-security", ""),
            field("transfer-encoding", ""),
            field("user-agent", ""),
            field("vary", ""),
            field("via", ""),
            field("www-authenticate", ""));

    private static final Map<String, Integer> NAMES = names();

    /** The newest entry last. */
    private final List<HeaderField> dynamic = new ArrayList<>();

    private final int limit;
    private int capacity;
    private int size;

    /** @param limit the largest size that the peer may set for the dynamic table, in bytes */
    HpackTable(int limit) {
        this.limit = limit;
        this.capacity = limit;
    }

    private static HeaderField field(String name, String value) {
        return new HeaderField(name, value);
    }

    private static Map<String, Integer> names() {
        Map<String, Integer> names = new HashMap<>();
        for (int i = 0; i < STATIC.size(); i++) {
            names.putIfAbsent(STATIC.get(i).name(), i + 1);
        }
        return Map.copyOf(names);
    }

    /** The lowest index in the static table with this name; 0 when there is none. */
    static int staticIndex(String name) {
        return NAMES.getOrDefault(name, 0);
    }

    /** The entry with this index: first the static entries, from 1 on, then the dynamic ones, the newest first. */
    HeaderField get(int index) throws HpackException {
        if (index >= 1 && index <= STATIC.size()) {
            return STATIC.get(index - 1);
        }
        int at = dynamic.size() - (index - STATIC.size());
        if (index <= 0 || at < 0) {
            throw new HpackException(
                    "the header tables have " + (STATIC.size() + dynamic.size()) + " entries, and no entry " + index);
        }
        return dynamic.get(at);
    }

    /** Adds an entry, and evicts the oldest entries to make room. An entry larger than the table empties the table. */
    void add(HeaderField field) {
        evictDownTo(Math.max(0, capacity - field.size()));
        if (field.size() <= capacity) {
            dynamic.add(field);
            size += field.size();
        }
    }

    /** Empties the dynamic table, as {@link #add} does for an entry that is larger than the table. */
    void clear() {
        evictDownTo(0);
    }

    /** Sets the capacity that the peer has chosen, in bytes. */
    void resize(int bytes) throws HpackException {
        if (bytes > limit) {
            throw new HpackException("the dynamic table must have at most " + limit + " bytes, and had " + bytes);
        }
        capacity = bytes;
        evictDownTo(bytes);
    }

    int limit() {
        return limit;
    }

    private void evictDownTo(int bytes) {
        int gone = 0;
        while (size > bytes) {
            size -= dynamic.get(gone++).size();
        }
        dynamic.subList(0, gone).clear();
    }
}
