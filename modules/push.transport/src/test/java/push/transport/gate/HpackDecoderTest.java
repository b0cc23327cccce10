package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The examples are those of RFC 7541, appendix C. */
class HpackDecoderTest {

    private static final int LIMIT = 16_384;

    private final HpackDecoder decoder = new HpackDecoder(LIMIT);

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    private String decoded(String hex) throws HpackException {
        return decoder.decode(bytes(hex)).fields().stream()
                .map(field -> field.name() + ": " + field.value())
                .collect(Collectors.joining("\n"));
    }

    @Test
    void literalWithIndexing() throws HpackException {
        assertThat(
                decoded("400a 6375 7374 6f6d 2d6b 6579 0d63 7573 746f 6d2d 6865 6164 6572"),
                is("custom-key: custom-header"));
        assertThat("the field is now in the table", decoded("be"), is("custom-key: custom-header"));
    }

    @Test
    void literalWithoutIndexing() throws HpackException {
        assertThat(decoded("040c 2f73 616d 706c 652f 7061 7468"), is(":path: /sample/path"));
        assertThrows(HpackException.class, () -> decoded("be"));
    }

    @Test
    void literalNeverIndexed() throws HpackException {
        assertThat(decoded("1008 7061 7373 776f 7264 0673 6563 7265 74"), is("password: secret"));
    }

    @Test
    void pseudoHeadersWhoseNamesAreLiteral() throws HpackException {
        assertThat(decoded("0005 3a70 6174 6801 2f"), is(":path: /"));
    }

    @Test
    void requestsInARow() throws HpackException {
        assertThat(
                decoded("8286 8441 0f77 7777 2e65 7861 6d70 6c65 2e63 6f6d"),
                is(":method: GET\n:scheme: http\n:path: /\n:authority: www.example.com"));
        assertThat(
                decoded("8286 84be 5808 6e6f 2d63 6163 6865"),
                is(":method: GET\n:scheme: http\n:path: /\n:authority: www.example.com\ncache-control: no-cache"));
        assertThat(
                decoded("8287 85bf 400a 6375 7374 6f6d 2d6b 6579 0c63 7573 746f 6d2d 7661 6c75 65"),
                is(":method: GET\n:scheme: https\n:path: /index.html\n:authority: www.example.com\n"
                        + "custom-key: custom-value"));
    }

    @Test
    void requestsInARowWithHuffmanCoding() throws HpackException {
        assertThat(
                decoded("8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff"),
                is(":method: GET\n:scheme: http\n:path: /\n:authority: www.example.com"));
        assertThat(
                decoded("8286 84be 5886 a8eb 1064 9cbf"),
                is(":method: GET\n:scheme: http\n:path: /\n:authority: www.example.com\ncache-control: no-cache"));
        assertThat(
                decoded("8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf"),
                is(":method: GET\n:scheme: https\n:path: /index.html\n:authority: www.example.com\n"
                        + "custom-key: custom-value"));
    }

    /** The table has 256 bytes in this example, so entries are evicted. */
    @Test
    void responsesInARowThatEvict() throws HpackException {
        assertThat(
                decoded(
                        "3fe101 4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81 66e0 82a6 2d1b ff6e"
                                + "919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3"),
                is(":status: 302\ncache-control: private\ndate: Mon, 21 Oct 2013 20:13:21 GMT\n"
                        + "location: https://www.example.com"));
        assertThat(
                decoded("4883 640e ffc1 c0bf"),
                is(":status: 307\ncache-control: private\ndate: Mon, 21 Oct 2013 20:13:21 GMT\n"
                        + "location: https://www.example.com"));
        assertThat(
                decoded("88c1 6196 d07a be94 1054 d444 a820 0595 040b 8166 e084 a62d 1bff c05a 839b d9ab 77ad 94e7 821d"
                        + "d7f2 e6c7 b335 dfdf cd5b 3960 d5af 2708 7f36 72c1 ab27 0fb5 291f 9587 3160 65c0 03ed 4ee5 b106"
                        + "3d50 07"),
                containsString("set-cookie: foo=ASDJKHQKBZXOQWEOPIUAXQWEOIU; max-age=3600; version=1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80", // index 0
                "be", // no such entry
                "ff80 8080 8080 80", // an index that does not end
                "ffff ffff ff0f", // an index beyond 2^31-1
                "40", // no name
                "4001", // a name that is cut short
                "4001 61", // no value
                "4001 6105 6162", // a value that is cut short
                "407f ffff ffff 0f", // a name of 4 GiB
                "0081 0100", // Huffman coding that is not padded with ones
                "0084 ffff ffff 00", // the code for the end
                "0082 1fff 00", // padding of more than 7 bits
                "3fe2 1f", // a table of more than 4,096 bytes
                "8220", // a table's size behind a field
                "2020 2082", // three sizes
            })
    void isRefused(String hex) {
        assertThrows(HpackException.class, () -> decoded(hex));
    }

    /** A field of 3,900 bytes in the table, and then 10,000 references to it, of one byte each. */
    @Test
    void theDecodedSizeOfABlockIsBoundedAndTheTableStaysCorrect() throws HpackException {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(bytes("4001 617f bd1d")); // a: 3,900 bytes
        block.writeBytes("x".repeat(3_900).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        block.writeBytes(bytes("be".repeat(10_000)));
        block.writeBytes(bytes("4001 6201 79")); // b: y

        HpackDecoder.Fields fields = decoder.decode(block.toByteArray());
        assertThat(fields.isTooLarge(), is(true));
        assertThat(fields.fields(), hasSize(LIMIT / (3_901 + 32)));
        assertThat(decoded("be"), is("b: y"));
    }

    @Test
    void aFieldLargerThanTheLimitEmptiesTheTableAndIsNotKept() throws HpackException {
        decoded("4001 6201 79");
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        block.writeBytes(bytes("4001 617f a19b01")); // a value of 20,000 bytes
        block.writeBytes(new byte[20_000]);

        HpackDecoder.Fields fields = decoder.decode(block.toByteArray());
        assertThat(fields.isTooLarge(), is(true));
        assertThat(fields.fields(), empty());
        assertThrows(HpackException.class, () -> decoded("be"));
    }

    @Test
    void aBlockOfExactlyTheLimitIsAccepted() throws HpackException {
        HeaderField field = new HeaderField("a", "x".repeat(LIMIT - 1 - HeaderField.OVERHEAD));
        assertThat(
                decoder.decode(HpackEncoder.encode(List.of(field), false)),
                is(new HpackDecoder.Fields(List.of(field), false)));
        HeaderField larger = new HeaderField("a", field.value() + "x");
        assertThat(decoder.decode(HpackEncoder.encode(List.of(larger), false)).isTooLarge(), is(true));
    }

    @Test
    void encodedFieldsAreDecodedUnchanged() throws HpackException {
        List<HeaderField> fields = List.of(
                new HeaderField(":status", "200"),
                new HeaderField("content-type", "x".repeat(200)),
                new HeaderField("x-own", "\u00e4\u00ff"),
                new HeaderField("x-empty", ""));

        assertThat(decoder.decode(HpackEncoder.encode(fields, true)).fields(), is(fields));
    }
}
