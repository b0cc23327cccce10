package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;

import io.helidon.common.buffers.BufferData;
import io.helidon.http.Header;
import io.helidon.http.http2.Http2Exception;
import io.helidon.http.http2.Http2Flag;
import io.helidon.http.http2.Http2FrameData;
import io.helidon.http.http2.Http2FrameHeader;
import io.helidon.http.http2.Http2FrameTypes;
import io.helidon.http.http2.Http2Headers;
import io.helidon.http.http2.Http2HuffmanDecoder;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import push.transport.gate.RequestFields.Verdict;

class RequestFieldsTest {

    private static final int TABLE_BYTES = 4096;

    private static final List<HeaderField> GET = List.of(
            new HeaderField(":method", "GET"),
            new HeaderField(":scheme", "http"),
            new HeaderField(":path", "/"),
            new HeaderField(":authority", "a"));

    /** Fields that Helidon refuses would end the connection with all its streams. */
    @Property(tries = 2_000)
    void helidonAcceptsTheAcceptedFields(@ForAll("fields") List<HeaderField> fields) throws Http2Exception {
        if (RequestFields.judge(fields) instanceof Verdict.Accepted accepted) {
            Http2Headers headers = asHelidonReads(HpackEncoder.encode(accepted.fields(), false));
            headers.validateRequest();
            for (Header header : headers.httpHeaders()) {
                header.validate();
            }
        }
    }

    private static Http2Headers asHelidonReads(byte[] block) {
        Http2FrameHeader header = Http2FrameHeader.create(
                block.length, Http2FrameTypes.HEADERS, Http2Flag.HeaderFlags.create(Http2Flag.END_OF_HEADERS), 1);
        return Http2Headers.create(
                null,
                Http2Headers.DynamicTable.create(TABLE_BYTES),
                Http2HuffmanDecoder.create(),
                new Http2FrameData(header, BufferData.create(block)));
    }

    /** A valid request in which a few fields are omitted, changed, repeated or moved. */
    @Provide
    Arbitrary<List<HeaderField>> fields() {
        Arbitrary<String> names = Arbitraries.of(
                ":method",
                ":scheme",
                ":path",
                ":authority",
                "host",
                "te",
                "content-length",
                "content-type",
                "expect",
                "cookie",
                "x-a",
                "grpc-timeout");
        Arbitrary<String> values = Arbitraries.of(
                "",
                "a",
                "GET",
                "POST",
                "OPTIONS",
                "http",
                "https",
                "/",
                "/a?b",
                "*",
                "trailers",
                "Trailers",
                "TRAILERS",
                "0",
                "12",
                "100-continue",
                "application/grpc",
                "application/grpc+proto",
                "Application/GRPC",
                "application/json",
                "\u00e4\u00ff",
                "a b",
                "a\tb",
                "[::1]:80",
                "localhost");
        Arbitrary<List<HeaderField>> more = names.flatMap(name -> values.map(value -> new HeaderField(name, value)))
                .list()
                .ofMaxSize(5);
        Arbitrary<List<Boolean>> kept =
                Arbitraries.of(true, true, true, false).list().ofSize(GET.size());
        return more.flatMap(some -> kept.map(keeps -> {
            List<HeaderField> all = new ArrayList<>();
            for (int i = 0; i < GET.size(); i++) {
                if (keeps.get(i)) {
                    all.add(GET.get(i));
                }
            }
            all.addAll(some.stream().filter(HeaderField::isPseudo).toList());
            all.addAll(some.stream().filter(field -> !field.isPseudo()).toList());
            return all;
        }));
    }

    private static Verdict judged(String name, String value) {
        List<HeaderField> fields = new ArrayList<>(GET);
        fields.add(new HeaderField(name, value));
        return RequestFields.judge(fields);
    }

    @Test
    void aRequestWithoutAServerIsAnswered() {
        List<HeaderField> fields = new ArrayList<>(GET.subList(0, 3));
        assertThat(RequestFields.judge(fields), is(instanceOf(Verdict.Refused.class)));
        fields.add(new HeaderField(":authority", ""));
        assertThat(RequestFields.judge(fields), is(instanceOf(Verdict.Refused.class)));
        fields.add(new HeaderField("host", ""));
        assertThat(RequestFields.judge(fields), is(instanceOf(Verdict.Refused.class)));
    }

    @Test
    void anAnswerToHeadHasNoBody() {
        List<HeaderField> fields = new ArrayList<>(GET);
        fields.set(0, new HeaderField(":method", "HEAD"));
        fields.set(2, new HeaderField(":path", "/a//b"));
        assertThat(RequestFields.judge(fields), is(instanceOf(Verdict.Refused.class)));
        assertThat(((Verdict.Refused) RequestFields.judge(fields)).withBody(), is(false));
    }

    @Test
    void teTrailersIsAcceptedInAnyCase() {
        assertThat(judged("te", "Trailers"), is(instanceOf(Verdict.Accepted.class)));
        assertThat(judged("te", "trailers, gzip"), is(instanceOf(Verdict.Malformed.class)));
    }

    @Test
    void onlyAPostOfGrpcIsACall() {
        for (String type : List.of("application/grpc-web", "Application/GRPC", "application/grpcx", "text/plain")) {
            assertThat(type, isGrpc("POST", type), is(false));
        }
        for (String type : List.of("application/grpc", "application/grpc+proto", "application/grpc;charset=utf-8")) {
            assertThat(type, isGrpc("POST", type), is(true));
            assertThat(type, isGrpc("GET", type), is(false));
        }
    }

    private static boolean isGrpc(String method, String type) {
        List<HeaderField> fields = new ArrayList<>(GET);
        fields.set(0, new HeaderField(":method", method));
        fields.add(new HeaderField("content-type", type));
        return ((Verdict.Accepted) RequestFields.judge(fields)).isGrpc();
    }
}
