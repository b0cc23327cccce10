package http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import io.helidon.http.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import testing.Await;
import testing.TestServer;

/** Large responses, and peers that do not read them. */
class ResponseMemoryTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** More than the buffers between server and peer can hold. */
    private static final String LARGE = "x".repeat(16 << 20);

    private final AtomicReference<@Nullable ResponseMemory> memory = new AtomicReference<>();
    private final AtomicLong highest = new AtomicLong();
    private final TestServer server = new TestServer(settings -> Problems.serve(settings, routing -> {
        Route.at("/large")
                .get((request, response) -> {
                    ResponseMemory.reserve(request, LARGE.length());
                    note(request.context().get(ResponseMemory.class).orElseThrow());
                    Json.sendText(request, response, Status.OK_200, LARGE);
                })
                .addTo(routing);
        Route.at("/unexpected")
                .get((request, response) -> Json.sendText(request, response, Status.OK_200, "x".repeat(100_000)))
                .addTo(routing);
    }));

    private void note(ResponseMemory seen) {
        memory.set(seen);
        highest.accumulateAndGet(seen.held(), Math::max);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private Socket unread(String path) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4_096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void unreadResponsesAreLimitedAndAbortedForOthers() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            sockets.add(unread("/large"));
        }
        Await.until("one is being sent", SOON, () -> highest.get() > 0);
        assertThat("at most the whole budget", highest.get(), is(lessThanOrEqualTo(budget())));
        Await.until(
                "another one is answered in the end",
                SOON,
                () -> server.get("/unexpected").status() == 200);
        for (Socket socket : sockets) {
            socket.close();
        }
        Await.until("all memory is released", SOON, () -> {
            ResponseMemory seen = memory.get();
            return seen != null && seen.held() == 0;
        });
    }

    private static long budget() {
        return Math.max(8L << 20, Runtime.getRuntime().maxMemory() / 16);
    }
}
