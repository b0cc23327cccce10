package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.not;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Await;

/** The log under malformed input, with a stopped reader, and with an exhausted heap. */
class LogTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    /** Each violates a different rule of HTTP/1, HTTP/2 or TLS. */
    private static final List<String> MALFORMED = List.of(
            "",
            "\r\n\r\n",
            "GET evil.example:443 HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET http://[ HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /\u0000\u001b[31m HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET / HTTP/1.0\r\n\r\n",
            "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
            "POST /api/v1/notifications HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "get / http/1.1\r\n\r\n",
            "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0001\u0001\u0005\u0000\u0000\u0000\u0001\u00ff",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u00ff\u00ff\u00ff\u0004\u0000\u0000\u0000\u0000\u0000",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000"
                    + "\u0000\u0000\u0005\u0000\u0000\u0000\u0000\u0000\u0001hello");

    @TempDir
    Path folder;

    private static void send(int port, String text, boolean reset) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            if (reset) {
                socket.setSoLinger(true, 0);
            } else {
                socket.shutdownOutput();
                socket.setSoTimeout(200);
                socket.getInputStream().readAllBytes();
            }
        } catch (IOException e) {
            // The hub may close the connection at any moment.
        }
    }

    @Test
    void malformedInputIsLoggedBrieflyWithoutStackTracesOrFailures() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            long before = hub.err().lines().count();
            for (int round = 0; round < 20; round++) {
                for (String text : MALFORMED) {
                    send(hub.port(), text, round % 2 == 0);
                }
            }
            assertThat(hub.api().call("GET", "/observe/health/ready", "").status(), is(200));
            hub.terminate();
            String log = hub.err();
            assertThat(log, not(containsString("\tat ")));
            assertThat(log, not(containsString("SEVERE")));
            assertThat(log, not(containsString("\u001b")));
            assertThat(log, log.lines().count() - before, is(lessThan(100L)));
            assertThat(log, containsString("push stopped"));
        }
    }

    @Test
    void connectionsThatOpenAndCloseAreNotLogged() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            String before = hub.err();
            for (int i = 0; i < 200; i++) {
                send(hub.port(), "", i % 2 == 0);
            }
            assertThat(hub.api().call("GET", "/observe/health/ready", "").status(), is(200));
            assertThat(hub.api().metric("grpc_push_log_lines_dropped_total"), is(0.0));
            assertThat(hub.err(), is(before));
        }
    }

    @Test
    void aStoppedReaderOfStderrDoesNotBlockTheHub() throws Exception {
        Path pipe = folder.resolve("stderr");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor(), is(0));
        try (RandomAccessFile reader = new RandomAccessFile(pipe.toFile(), "rw"); // never reads
                FileOutputStream filler = new FileOutputStream(pipe.toFile())) {
            assertThat("the pipe is open", reader.getFD().valid(), is(true));
            AtomicLong written = new AtomicLong();
            Thread.ofPlatform().daemon().start(() -> fill(filler, written));
            AtomicLong seen = new AtomicLong(-1);
            Await.until("the pipe is full", TIMEOUT, () -> seen.getAndSet(written.get()) == written.get());
            Process hub = start(
                    "exec \"$0\" serve --port 0 --config \"$1\" >\"$2\" 2>\"$3\"",
                    Files.writeString(folder.resolve("application.yaml"), "push: {}")
                            .toString(),
                    folder.resolve("out").toString(),
                    pipe.toString());
            try {
                Await.until(
                        "the hub is ready",
                        TIMEOUT,
                        () -> Files.exists(folder.resolve("out"))
                                && Files.readString(folder.resolve("out")).contains("push is ready"));
                hub.destroy();
                assertThat("the hub ends", hub.waitFor(30, TimeUnit.SECONDS), is(true));
                assertThat(hub.exitValue(), is(143));
            } finally {
                hub.destroyForcibly();
            }
        }
    }

    private static void fill(FileOutputStream pipe, AtomicLong written) {
        try {
            while (true) {
                pipe.write(new byte[512]);
                written.addAndGet(512);
            }
        } catch (IOException e) {
            // The test is over.
        }
    }

    private Process start(String script, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("sh", "-c", script, Image.built().launcher().toString()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).directory(folder.toFile()).start();
    }

    @Test
    void anExhaustedHeapIsReportedOnStderr() throws Exception {
        Path err = folder.resolve("err");
        Path small = Files.writeString(
                folder.resolve("application.yaml"),
                "push: { ring: { max-bytes: 1048576 }, invalidations: { max-entries: 100, max-bytes: 1048576 } }");
        ProcessBuilder builder = new ProcessBuilder(
                        Image.built().launcher().toString(), "serve", "--port", "0", "--config", small.toString())
                .directory(folder.toFile())
                .redirectErrorStream(false)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(err.toFile());
        builder.environment().put("PUSH_JAVA_OPTS", "-Xms6m -Xmx6m -XX:+UseSerialGC");
        Process hub = builder.start();
        try {
            assertThat("the hub ends", hub.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS), is(true));
            assertThat(Files.readString(err), containsString("java.lang.OutOfMemoryError"));
            assertThat(hub.exitValue(), is(3));
        } finally {
            hub.destroyForcibly();
        }
    }
}
