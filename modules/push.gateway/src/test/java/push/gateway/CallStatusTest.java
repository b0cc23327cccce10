package push.gateway;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.grpc.Status;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.WritableHeaders;
import io.helidon.http.http2.Http2ErrorCode;
import io.helidon.http.http2.Http2Headers;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallStatusTest {

    @ParameterizedTest
    @CsvSource({
        "replaced by a newer,replaced by a newer",
        "caf%C3%A9 100%25,café 100%",
        "%,%",
        "%4,%4",
        "%zz,%zz",
        "a%2,a%2",
        "%41,A"
    })
    void decodesTheMessageOfAStatus(String wire, String text) {
        WritableHeaders<?> trailers = WritableHeaders.create()
                .set(HeaderValues.create("grpc-status", "10"))
                .set(HeaderValues.create("grpc-message", wire));
        StreamEnded ended = CallStatus.ofTrailers(trailers);
        Status status = ended.status();
        assertThat(ended.policy(), is(ReconnectPolicy.FINAL));
        assertThat(status.getCode(), is(Status.Code.ABORTED));
        assertThat(status.getDescription(), is(text));
    }

    @ParameterizedTest
    @CsvSource({"0,OK", "10,ABORTED", "16,UNAUTHENTICATED", "17,UNKNOWN", "-1,UNKNOWN", "x,UNKNOWN"})
    void readsTheCodeOfAStatus(String wire, Status.Code code) {
        WritableHeaders<?> trailers = WritableHeaders.create().set(HeaderValues.create("grpc-status", wire));
        assertThat(CallStatus.ofTrailers(trailers).status().getCode(), is(code));
    }

    @Test
    void reportsUnknownForTrailersWithoutAStatus() {
        assertThat(CallStatus.ofTrailers(WritableHeaders.create()).status().getCode(), is(Status.Code.UNKNOWN));
    }

    @ParameterizedTest
    @CsvSource({
        "400,INTERNAL",
        "401,UNAUTHENTICATED",
        "403,PERMISSION_DENIED",
        "404,UNIMPLEMENTED",
        "429,UNAVAILABLE",
        "502,UNAVAILABLE",
        "503,UNAVAILABLE",
        "504,UNAVAILABLE",
        "500,UNKNOWN",
        "302,UNKNOWN"
    })
    void mapsAnHttpStatusToAGrpcStatus(int http, Status.Code code) {
        StreamEnded ended = CallStatus.ofResponse(response(http, "text/html")).orElseThrow();
        assertThat(ended.status().getCode(), is(code));
        assertThat("a response without grpc-status is not final", ended.policy(), is(ReconnectPolicy.RETRY));
    }

    @Test
    void acceptsOnlyAGrpcContentType() {
        assertThat(CallStatus.ofResponse(response(200, "application/grpc+proto")), is(Optional.empty()));
        assertThat(
                CallStatus.ofResponse(response(200, "text/html"))
                        .map(ended -> ended.status().getCode()),
                is(Optional.of(Status.Code.UNKNOWN)));
    }

    @ParameterizedTest
    @CsvSource({
        "NO_ERROR,INTERNAL",
        "PROTOCOL,INTERNAL",
        "FLOW_CONTROL,INTERNAL",
        "REFUSED_STREAM,UNAVAILABLE",
        "CANCEL,CANCELLED",
        "ENHANCE_YOUR_CALM,RESOURCE_EXHAUSTED",
        "INADEQUATE_SECURITY,PERMISSION_DENIED"
    })
    void mapsAResetToAGrpcStatus(Http2ErrorCode reset, Status.Code code) {
        assertThat(CallStatus.ofReset(reset).status().getCode(), is(code));
    }

    private static Http2Headers response(int http, String contentType) {
        WritableHeaders<?> headers = WritableHeaders.create();
        headers.set(Http2Headers.STATUS_NAME, Integer.toString(http));
        headers.set(HeaderNames.CONTENT_TYPE, contentType);
        return Http2Headers.create(headers).status(io.helidon.http.Status.create(http));
    }
}
