package push.gateway;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;

import io.grpc.Status;
import java.util.concurrent.TimeUnit;

/** The ends of clients in tests. */
final class Ends {

    private Ends() {}

    /** Waits until the hub has refused the client, and returns the hub's status. */
    static Status refusal(GatewayClient client) throws Exception {
        End end = client.end().get(Recorder.TIMEOUT_SECONDS, TimeUnit.SECONDS);
        assertThat(end, instanceOf(End.Refused.class));
        return ((End.Refused) end).status();
    }
}
