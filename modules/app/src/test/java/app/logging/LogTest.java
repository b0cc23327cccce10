package app.logging;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final Log log = new Log(out);

    private List<String> lines() {
        assertThat(log.flushed(Duration.ofSeconds(20)), is(true));
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void write(String logger, Level level, String message, @Nullable Throwable thrown) {
        LogRecord record = new LogRecord(level, message);
        record.setLoggerName(logger);
        record.setThrown(thrown);
        log.write(record);
    }

    private static <T extends Throwable> T thrownBy(String type, T thrown) {
        thrown.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("java.util.Objects", "requireNonNull", "Objects.java", 1),
            new StackTraceElement(type, "method", "File.java", 2)
        });
        return thrown;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.helidon.webserver.ConnectionHandler",
                "io.helidon.webserver.http1.Http1Connection",
                "io.helidon.webserver.http2.Http2ServerStream",
                "io.helidon.webserver.grpc.GrpcProtocolHandler",
                "io.helidon.common.socket.SocketWriterAsync",
                "io.grpc.internal.SerializingExecutor",
                "http.Problems",
                "push.transport.PushCall"
            })
    void recordThatAPeerCausesIsOneLineAndAtMostAWarning(String logger) {
        write(
                logger,
                Level.SEVERE,
                "unexpected",
                new IllegalStateException(
                        "a\nb",
                        thrownBy("io.helidon.http.http2.Http2Headers", new NullPointerException("no \u001b[1m path"))));
        assertThat(lines(), hasSize(1));
        assertThat(
                lines().getFirst(),
                allOf(
                        containsString(" WARNING " + logger),
                        containsString("a\\nb; caused by java.lang.NullPointerException: no \\u001b[1m path"),
                        not(containsString("SEVERE"))));
    }

    @Test
    void brokenConnectionInHubCodeIsCausedByThePeer() {
        write(
                "io.helidon.webserver.ConnectionHandler",
                Level.WARNING,
                "unexpected I/O exception",
                thrownBy("push.transport.gate.SerialWriter", new UncheckedIOException(new SocketException("reset"))));
        assertThat(lines(), hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.helidon.webserver.ConnectionHandler",
                "io.helidon.webserver.http.DirectHandlers",
                "http.Problems",
                "push.engine.Dispatcher"
            })
    void failureOfTheHubKeepsItsLevelAndStackTrace(String logger) {
        write(logger, Level.SEVERE, "failed", thrownBy("push.engine.Ring", new IllegalStateException("impossible")));
        assertThat(lines(), hasSize(4));
        assertThat(lines().getFirst(), containsString(" SEVERE  " + logger + " failed"));
        assertThat(lines().get(3), is("\tat push.engine.Ring.method(File.java:2)"));
    }

    @Test
    void endOfTheListenerIsNotCausedByAPeer() {
        write(
                "io.helidon.webserver.ServerListener",
                Level.SEVERE,
                "terminating now",
                thrownBy("sun.nio.ch.Net", new SocketException("Invalid argument")));
        assertThat(lines().getFirst(), containsString("SEVERE"));
        assertThat(lines(), hasSize(4));
    }

    @Test
    void similarLinesOfAPeerAreLimitedRegardlessOfPortAndValues() {
        for (int port = 1; port <= 500; port++) {
            write(
                    "push.transport.gate.PeerErrors",
                    Level.WARNING,
                    "push ended a connection for flood; peer=10.0.0.1:" + port + " detail=" + port,
                    null);
            write("io.helidon.webserver.http.HttpRoutingImpl", Level.WARNING, "Request to /" + port + " failed", null);
        }
        write(
                "push.transport.gate.PeerErrors",
                Level.WARNING,
                "push ended a connection for flood; peer=10.0.0.2:1",
                null);
        write(
                "push.transport.gate.PeerErrors",
                Level.WARNING,
                "push ended a connection for silent; peer=10.0.0.1:1",
                null);
        assertThat(
                lines().stream()
                        .filter(line -> line.contains("flood; peer=10.0.0.1"))
                        .count(),
                is(1L));
        assertThat(
                lines().stream()
                        .filter(line -> line.contains("HttpRoutingImpl"))
                        .count(),
                is(1L));
        assertThat(
                lines().stream().filter(line -> line.contains("peer=10.0.0.2")).count(), is(1L));
        assertThat(lines().stream().filter(line -> line.contains("silent")).count(), is(1L));
    }

    @Test
    void linesOfTheHubAreLimitedForEachGateway() {
        for (int i = 0; i < 50; i++) {
            write(
                    "push.engine.Hub",
                    Level.WARNING,
                    "push subscription dropped event; gateway_client_id=g" + i % 10 + " cursor=x events=" + i,
                    null);
        }
        assertThat(lines(), hasSize(10));
    }

    @Test
    void linesOfTheWebServerHaveTheAddressOfThePeer() {
        log.usePeerAddresses(channel -> channel == 0xabcd ? "10.0.0.9" : null);
        write(
                "io.helidon.webserver.ConnectionHandler",
                Level.WARNING,
                "[0x0000abcd 0x00000001] unexpected exception",
                new IOException("odd"));
        assertThat(lines().getFirst(), containsString("ConnectionHandler peer=10.0.0.9 [0x0000abcd"));
    }

    @Test
    void messageIsShortenedAndOnOneLine() {
        write("push.engine.Hub", Level.INFO, "x\n".repeat(100_000), null);
        assertThat(lines(), hasSize(1));
        assertThat(lines().getFirst().length() < 5000, is(true));
    }
}
