package conformance.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes a header block in the format of RFC 7541, field by field. It never uses Huffman codes, and checks nothing. It
 * encodes text as ISO 8859-1, so that a test can send any byte.
 */
public final class HeaderBlock {

    /** The path of the call that subscribes a gateway. */
    public static final String SUBSCRIBE = "/push.v1.Push/SubscribePush";

    /** The names of the pseudo-headers of requests, by their places in the static table from 1 on. */
    private static final List<String> PSEUDO = List.of(":authority", ":method", "", ":path", "", ":scheme");

    private static final int INDEXED = 0x80;
    private static final int WITH_INDEXING = 0x40;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** A request with all its pseudo-headers. */
    public static HeaderBlock request(String method, String path) {
        return new HeaderBlock()
                .pseudo(":method", method)
                .pseudo(":scheme", "http")
                .pseudo(":path", path)
                .pseudo(":authority", "127.0.0.1");
    }

    /** A GET. */
    public static HeaderBlock get(String path) {
        return request("GET", path);
    }

    /** A POST of JSON. */
    public static HeaderBlock json(String path) {
        return request("POST", path).with("content-type", "application/json");
    }

    /** A gRPC call. */
    public static HeaderBlock grpc(String path) {
        return request("POST", path).with("content-type", "application/grpc").with("te", "trailers");
    }

    /** A pseudo-header whose name is a reference to the static table. */
    public HeaderBlock pseudo(String name, String value) {
        integer(PSEUDO.indexOf(name) + 1, 4, 0);
        string(value);
        return this;
    }

    /** Adds a literal field without indexing, with a literal name. */
    public HeaderBlock with(String name, String value) {
        bytes.write(0);
        string(name);
        string(value);
        return this;
    }

    /** Adds a literal field that the peer's decoder stores in its table at index 62. */
    public HeaderBlock remembered(String name, String value) {
        bytes.write(WITH_INDEXING);
        string(name);
        string(value);
        return this;
    }

    /** Adds a reference to a field of the static or the dynamic table, this number of times. */
    public HeaderBlock reference(int index, int times) {
        for (int i = 0; i < times; i++) {
            integer(index, 7, INDEXED);
        }
        return this;
    }

    /** Adds any bytes. */
    public HeaderBlock raw(int... octets) {
        for (int octet : octets) {
            bytes.write(octet);
        }
        return this;
    }

    /** The block so far. */
    public byte[] bytes() {
        return bytes.toByteArray();
    }

    private void string(String text) {
        byte[] octets = text.getBytes(StandardCharsets.ISO_8859_1);
        integer(octets.length, 7, 0);
        bytes.writeBytes(octets);
    }

    /** RFC 7541, section 5.1. */
    private void integer(int value, int prefixBits, int first) {
        int limit = (1 << prefixBits) - 1;
        if (value < limit) {
            bytes.write(first | value);
            return;
        }
        bytes.write(first | limit);
        int rest = value - limit;
        for (; rest >= 0x80; rest >>= 7) {
            bytes.write((rest & 0x7f) | 0x80);
        }
        bytes.write(rest);
    }
}
