package push.gateway;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.arrayWithSize;
import static org.hamcrest.Matchers.is;
import static push.gateway.ReconnectPolicy.FINAL;
import static push.gateway.ReconnectPolicy.RETRY;

import io.grpc.Status;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReconnectPolicyTest {

    @Test
    void decidesForEachOfTheSeventeenCodes() {
        Map<Status.Code, ReconnectPolicy> expected = new EnumMap<>(Status.Code.class);
        expected.put(Status.Code.OK, RETRY);
        expected.put(Status.Code.CANCELLED, RETRY);
        expected.put(Status.Code.UNKNOWN, RETRY);
        expected.put(Status.Code.INVALID_ARGUMENT, FINAL);
        expected.put(Status.Code.DEADLINE_EXCEEDED, RETRY);
        expected.put(Status.Code.NOT_FOUND, RETRY);
        expected.put(Status.Code.ALREADY_EXISTS, RETRY);
        expected.put(Status.Code.PERMISSION_DENIED, FINAL);
        expected.put(Status.Code.RESOURCE_EXHAUSTED, RETRY);
        expected.put(Status.Code.FAILED_PRECONDITION, RETRY);
        expected.put(Status.Code.ABORTED, FINAL);
        expected.put(Status.Code.OUT_OF_RANGE, FINAL);
        expected.put(Status.Code.UNIMPLEMENTED, RETRY);
        expected.put(Status.Code.INTERNAL, RETRY);
        expected.put(Status.Code.UNAVAILABLE, RETRY);
        expected.put(Status.Code.DATA_LOSS, RETRY);
        expected.put(Status.Code.UNAUTHENTICATED, FINAL);

        Map<Status.Code, ReconnectPolicy> actual = new EnumMap<>(Status.Code.class);
        for (Status.Code code : Status.Code.values()) {
            actual.put(code, ReconnectPolicy.of(code));
        }

        assertThat(Status.Code.values(), arrayWithSize(17));
        assertThat(actual, is(expected));
    }
}
