package push.transport;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.Header;
import io.helidon.http.http2.Http2Flag.HeaderFlags;
import io.helidon.http.http2.Http2FrameData;
import io.helidon.http.http2.Http2FrameHeader;
import io.helidon.http.http2.Http2FrameTypes;
import io.helidon.http.http2.Http2Headers;
import io.helidon.http.http2.Http2Headers.DynamicTable;
import io.helidon.http.http2.Http2HuffmanDecoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import push.transport.gate.RawFrame;

/** HPACK for one connection: it sends fields without indexing, and decodes any header block. */
final class RawHeaders {

    /** The pseudo-headers at their indexes in the static table. Helidon accepts them only by index. */
    private static final List<String> PSEUDO = List.of(":authority", ":method", "", ":path", "", ":scheme");

    private static final int SEVEN_BITS = 0x7f;

    private final DynamicTable table = DynamicTable.create(4096);
    private final Http2HuffmanDecoder huffman = Http2HuffmanDecoder.create();

    /** A block of literals, from alternating names and values. */
    static byte[] encode(String... namesAndValues) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            int known = PSEUDO.indexOf(namesAndValues[i]);
            block.write(known + 1); // a literal without indexing: RFC 7541 section 6.2.2
            if (known < 0) {
                string(block, namesAndValues[i]);
            }
            string(block, namesAndValues[i + 1]);
        }
        return block.toByteArray();
    }

    private static void string(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        int length = bytes.length;
        if (length < SEVEN_BITS) {
            block.write(length);
        } else {
            block.write(SEVEN_BITS);
            int rest = length - SEVEN_BITS;
            for (; rest > SEVEN_BITS; rest >>= 7) {
                block.write((rest & SEVEN_BITS) | 0x80);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    /** The headers in a block; blocks must be decoded in the order in which they arrive. */
    Map<String, String> decode(RawFrame frame) {
        Http2FrameHeader header = Http2FrameHeader.create(
                frame.payload.length, Http2FrameTypes.HEADERS, HeaderFlags.create(frame.flags), frame.stream);
        Http2Headers decoded =
                Http2Headers.create(null, table, huffman, new Http2FrameData(header, BufferData.create(frame.payload)));
        Map<String, String> headers = new TreeMap<>();
        for (Header each : decoded.httpHeaders()) {
            headers.put(each.headerName().lowerCase(), each.get());
        }
        if (decoded.status() != null) {
            headers.put(":status", Integer.toString(decoded.status().code()));
        }
        return headers;
    }
}
