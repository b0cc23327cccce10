package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import testing.Await;

/** Deadlines of an HTTP/1 connection, with a clock that the test sets. */
class Http1FilterTest {

    private static final Duration AT_MOST = Duration.ofSeconds(10);
    private static final ConnectionContext PLAIN = (ConnectionContext) Proxy.newProxyInstance(
            Http1FilterTest.class.getClassLoader(),
            new Class<?>[] {ConnectionContext.class},
            (_, method, _) -> method.getName().equals("isSecure") ? Boolean.FALSE : null);

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger identified = new AtomicInteger();
    private final List<Cause> causes = new CopyOnWriteArrayList<>();
    private final AtomicBoolean shutOutput = new AtomicBoolean();
    private final HeldSocket socket = new HeldSocket();
    private final Http1Filter filter = new Http1Filter(
            PLAIN,
            socket,
            new byte[0],
            () -> shutOutput.set(true),
            identified::incrementAndGet,
            (cause, _) -> causes.add(cause),
            Http1Limits.defaults(),
            InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z")),
            nanos::get,
            0);

    @AfterEach
    void cut() {
        socket.cut();
    }

    /** A socket whose peer is the test. */
    private static final class HeldSocket implements Wire {

        final BlockingQueue<byte[]> inbound = new LinkedBlockingQueue<>();
        final CountDownLatch cut = new CountDownLatch(1);
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        volatile boolean full;
        volatile boolean writing;

        @Override
        public byte @Nullable [] read() {
            try {
                byte[] next = inbound.take();
                return next.length == 0 ? null : next;
            } catch (InterruptedException e) {
                throw new UncheckedIOException(new SocketException("interrupted"));
            }
        }

        @Override
        public synchronized void write(ByteBuffer bytes) {
            writing = true;
            if (full) {
                try {
                    cut.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new UncheckedIOException(new SocketException("closed"));
            }
            written.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
        }

        synchronized String written() {
            return written.toString(StandardCharsets.ISO_8859_1);
        }

        @Override
        public void cut() {
            cut.countDown();
            inbound.add(new byte[0]);
        }

        boolean isCut() {
            return cut.getCount() == 0;
        }
    }

    private void send(String text) {
        socket.inbound.add(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The rest of a request may arrive just when the deadline passes. */
    @Test
    void aConnectionDoesNotEndBeforeItsResponse() throws Exception {
        send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        Thread serving = Thread.ofVirtual().unstarted(() -> {
            readAll();
            filter.leave();
        });
        serving.start();
        Await.until("the request is read", AT_MOST, () -> identified.get() == 1);
        send("GET / HTTP/1.1\r\n");
        Await.until(
                "the filter waits for the rest",
                AT_MOST,
                () -> socket.inbound.isEmpty() && serving.getState() == Thread.State.WAITING);
        synchronized (socket) { // so that nothing can be written
            checkAfter(10);
            Await.until("the deadline has passed", AT_MOST, () -> !causes.isEmpty());
            send("Host: a\r\n\r\n");
            Await.until(
                    "the thread waits",
                    AT_MOST,
                    () -> socket.inbound.isEmpty() && serving.getState() == Thread.State.WAITING);
            assertThat("the output is shut", shutOutput.get(), is(false));
            assertThat("the connection is cut", socket.isCut(), is(false));
        }
        Await.until("the output is shut", AT_MOST, shutOutput::get);
        assertThat(socket.written(), startsWith("HTTP/1.1 408 "));
        socket.cut();
        serving.join();
    }

    private void checkAfter(double seconds) {
        nanos.set((long) (seconds * 1e9));
        filter.check(nanos.get());
    }

    /** Reads to the end, like Helidon. */
    private Thread reading() {
        return Thread.ofVirtual().start(this::readAll);
    }

    private void readAll() {
        DataReader reader = filter.dataReader();
        try {
            while (true) {
                reader.ensureAvailable();
                reader.skip(reader.available());
            }
        } catch (DataReader.InsufficientDataAvailableException | CloseConnectionException e) {
            // The end.
        }
    }

    @Test
    void aTooSlowBodyIsAnsweredAndItsConnectionEnds() throws Exception {
        send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 9\r\n\r\nabc");
        Thread reading = reading();
        Await.until("the body is waited for", AT_MOST, () -> identified.get() == 1 && isParked(reading));
        checkAfter(9.9);
        assertThat(socket.written(), is(""));
        checkAfter(10);
        Await.until("the request is answered", AT_MOST, () -> !socket.written().isEmpty());
        assertThat(
                socket.written(), startsWith("HTTP/1.1 408 Request Timeout\r\ndate: Fri, 2 Jan 2026 03:04:05 GMT\r\n"));
        assertThat(causes, is(List.of(Cause.TOO_SLOW)));
        assertThat(socket.isCut(), is(false));
        checkAfter(11);
        assertThat(socket.isCut(), is(true));
        reading.join();
    }

    @Test
    void aSilentPeerIsDisconnectedWithoutAResponse() throws Exception {
        Thread reading = reading();
        Await.until("a head is waited for", AT_MOST, () -> isParked(reading));
        checkAfter(10);
        assertThat(socket.isCut(), is(true));
        assertThat(socket.written(), is(""));
        reading.join();
    }

    @Test
    void anIdleConnectionStaysOpen() throws Exception {
        send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        Thread reading = reading();
        Await.until("the next head is waited for", AT_MOST, () -> identified.get() == 1 && isParked(reading));
        checkAfter(299);
        assertThat(socket.isCut(), is(false));
        send("G");
        Await.until("the next head begins", AT_MOST, () -> socket.inbound.isEmpty() && isParked(reading));
        checkAfter(308.9);
        assertThat(socket.written(), is(""));
        checkAfter(309);
        Await.until("the request is answered", AT_MOST, () -> socket.written().startsWith("HTTP/1.1 408 "));
    }

    @Test
    void aPeerThatReadsNothingIsDisconnected() throws Exception {
        send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        Thread reading = reading();
        Await.until("the next head is waited for", AT_MOST, () -> identified.get() == 1 && isParked(reading));
        socket.full = true;
        Thread writing = Thread.ofVirtual().start(() -> {
            try {
                filter.dataWriter().write(BufferData.create(new byte[100]));
            } catch (UncheckedIOException e) {
                // The connection was cut.
            }
        });
        Await.until("the thread writes", AT_MOST, () -> socket.writing);
        checkAfter(29.9);
        assertThat(socket.isCut(), is(false));
        checkAfter(30);
        assertThat(socket.isCut(), is(true));
        writing.join();
    }

    private static boolean isParked(Thread thread) {
        return thread.getState() == Thread.State.WAITING;
    }
}
