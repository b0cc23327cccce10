package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.Test;
import testing.ForeignGateway;

/**
 * A hub that could not run for a while, for example on a suspended machine, does not disconnect its peers for that
 * time.
 */
class StoppedHubTest {

    /** More than the time limit of a request head, and more than the keepalive below. */
    private static final Duration STOP = Duration.ofSeconds(12);

    private static final String USER = UUID.randomUUID().toString();
    private static final String BODY = "{\"user_id\":\"%s\",\"kind\":\"a\",\"payload\":{}}".formatted(USER);
    private static final String REQUEST = "POST /api/v1/notifications HTTP/1.1\r\nHost: localhost\r\n"
            + "Content-Type: application/json\r\nContent-Length: " + BODY.length() + "\r\n\r\n" + BODY;

    /** A request that is sent in two parts, and its connection. */
    private record Request(Socket socket, int first) {

        static Request begin(int port, int first) throws IOException {
            Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(20_000);
            Request request = new Request(socket, first);
            request.send(0, first);
            return request;
        }

        void finish() throws IOException {
            send(first, REQUEST.length());
        }

        private void send(int from, int to) throws IOException {
            OutputStream out = socket.getOutputStream();
            out.write(REQUEST.substring(from, to).getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        String statusLine() throws IOException {
            return String.valueOf(
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                            .readLine());
        }

        void close() throws IOException {
            socket.close();
        }
    }

    @Test
    void aContinuedHubAnswersPendingRequestsAndKeepsItsGateways() throws Exception {
        try (HubProcess hub = HubProcess.start("push: { keepalive: PT10S }")) {
            ForeignGateway gateway = hub.subscribe("g", "").readingAll();
            List<Request> requests = new ArrayList<>();
            for (int first : List.of(0, 10, REQUEST.indexOf("Content"), REQUEST.length() - 5)) {
                requests.add(Request.begin(hub.port(), first));
            }
            signal("STOP", hub);
            for (Request request : requests) {
                request.finish();
            }
            assertThat("the hub ends meanwhile", hub.endsWithin(STOP), is(false));
            signal("CONT", hub);
            for (Request request : requests) {
                assertThat(
                        "begun with " + request.first() + " bytes", request.statusLine(), startsWith("HTTP/1.1 202"));
                request.close();
            }
            for (int i = 0; i < requests.size(); i++) {
                assertThat(gateway.next().getCursor(), not(Matchers.emptyString()));
            }
        }
    }

    private static void signal(String name, HubProcess hub) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(hub.pid()))
                .inheritIO()
                .start();
        assertThat("kill -" + name, kill.waitFor(), is(0));
    }
}
