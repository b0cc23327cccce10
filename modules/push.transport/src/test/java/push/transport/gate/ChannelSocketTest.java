package push.transport.gate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNullElse;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import testing.Await;

/** A polled socket over loopback: which calls block, and which threads are woken. */
@Timeout(30)
class ChannelSocketTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final byte[] END = {};

    /** The room for unread bytes. */
    private static final int ROOM = 1 << 16;

    /** The time by which each reading advances the clock. */
    private final AtomicLong nanosForEachCall = new AtomicLong();

    private final AtomicLong nanos = new AtomicLong();
    private final SocketPoller poller = new SocketPoller();
    private final SocketPair pair;
    private final ChannelSocket socket;

    ChannelSocketTest() throws IOException {
        pair = new SocketPair();
        socket = new ChannelSocket(pair.accepted, () -> nanos.addAndGet(nanosForEachCall.get()));
    }

    @BeforeEach
    void poll() {
        assertThat(poller.add(socket), is(true));
    }

    @AfterEach
    void close() throws IOException {
        socket.cut();
        pair.close();
        poller.close();
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        new SplittableRandom(bytes).nextBytes(random);
        return random;
    }

    /** Reads this number of bytes, or to the end. */
    private byte[] read(int bytes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        while (all.size() < bytes) {
            byte[] next = socket.read();
            if (next == null) {
                break;
            }
            all.writeBytes(next);
        }
        return all.toByteArray();
    }

    /** A waiting reader that returns no bytes at the end. */
    private WaitingThread waitingReader() throws Exception {
        return WaitingThread.start(() -> requireNonNullElse(socket.read(), END));
    }

    private WaitingThread waitingWriter(byte[] bytes) throws Exception {
        return WaitingThread.start(() -> {
            socket.write(ByteBuffer.wrap(bytes));
            return END;
        });
    }

    @Test
    void earlierBytesAreReturnedFirst() throws Exception {
        pair.peer.getOutputStream().write("second".getBytes(US_ASCII));
        socket.begin("first".getBytes(US_ASCII));
        assertThat(new String(read(5), US_ASCII), is("first"));
        assertThat(new String(read(6), US_ASCII), is("second"));
    }

    @Test
    void aReaderIsWokenByEachPiece() throws Exception {
        socket.begin(new byte[0]);
        for (int i = 0; i < 50; i++) {
            WaitingThread reader = waitingReader();
            pair.peer.getOutputStream().write(i);
            assertThat(reader.get(), is(new byte[] {(byte) i}));
        }
    }

    @Test
    void theEndIsReturnedRepeatedly() throws Exception {
        socket.begin("first".getBytes(US_ASCII));
        WaitingThread reader = WaitingThread.start(() -> read(6));
        pair.peer.shutdownOutput();
        assertThat(new String(reader.get(), US_ASCII), is("first"));
        assertThat(socket.read(), is(nullValue()));
    }

    @Test
    void resetIsAnEnd() throws Exception {
        socket.begin(new byte[0]);
        WaitingThread reader = waitingReader();
        pair.tear();
        assertThat(reader.get(), is(END));
    }

    @Test
    void cutWakesReaderAndWriter() throws Exception {
        socket.begin(new byte[0]);
        WaitingThread reader = waitingReader();
        WaitingThread writer = waitingWriter(new byte[SocketPair.MUCH]);
        socket.cut();
        assertThat(reader.get(), is(END));
        writer.fails();
    }

    @Test
    void resetWakesWriter() throws Exception {
        socket.begin(new byte[0]);
        WaitingThread writer = waitingWriter(new byte[SocketPair.MUCH]);
        pair.tear();
        writer.fails();
    }

    @Test
    void anInterruptedReaderClosesTheSocket() throws Exception {
        socket.begin(new byte[0]);
        WaitingThread reader = waitingReader();
        reader.thread().interrupt();
        reader.fails();
        assertThat("the end", pair.peer.getInputStream().read(), is(-1));
    }

    @Test
    void anInterruptedWriterClosesTheSocketForItsReader() throws Exception {
        socket.begin(new byte[0]);
        WaitingThread reader = waitingReader();
        WaitingThread writer = waitingWriter(new byte[SocketPair.MUCH]);
        writer.thread().interrupt();
        writer.fails();
        assertThat(reader.get(), is(END));
    }

    @Test
    void noMoreIsReadThanFitsUntilBytesAreTaken() throws Exception {
        socket.begin(new byte[0]);
        byte[] sent = random(SocketPair.MUCH);
        Thread peer = Thread.ofPlatform().start(() -> {
            try {
                pair.peer.getOutputStream().write(sent);
                pair.peer.shutdownOutput();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        Await.until("the buffer is full", TIMEOUT, () -> socket.bufferedBytes() >= ROOM);
        assertThat(Arrays.equals(read(Integer.MAX_VALUE), sent), is(true));
        peer.join();
    }

    @Test
    void thousandsOfSingleBytesAreBounded() throws Exception {
        socket.begin(new byte[0]);
        byte[] sent = random(20_000);
        int bytes = 0;
        while (socket.bufferedBytes() < ROOM) {
            int before = socket.bufferedBytes();
            pair.peer.getOutputStream().write(sent, bytes++, 1);
            while (socket.bufferedBytes() == before) {
                Thread.onSpinWait(); // each byte must be read separately
            }
        }
        assertThat("bytes that fill the buffer", bytes, is(lessThan(ROOM / 30)));
        pair.peer.getOutputStream().write(sent, bytes, sent.length - bytes);
        assertThat(Arrays.equals(read(sent.length), sent), is(true));
    }

    @Test
    void tryToWriteDoesNotWait() throws Exception {
        ByteBuffer bytes = ByteBuffer.wrap(random(SocketPair.MUCH));
        socket.tryWrite(bytes);
        assertThat(bytes.position(), is(greaterThan(0)));
        assertThat(bytes.remaining(), is(greaterThan(0)));
        byte[] written = pair.peer.getInputStream().readNBytes(bytes.position());
        assertThat(Arrays.equals(written, Arrays.copyOf(bytes.array(), written.length)), is(true));
    }

    @Test
    void aWriteContinuesAsThePeerReads() throws Exception {
        writeAndRead();
    }

    /** The selector does not report this progress, because it waits until a third of the buffer is free. */
    @Test
    void theProgressOfASlowReaderIsSeenInAnAlmostFullBuffer() throws Exception {
        pair.accepted.setOption(StandardSocketOptions.SO_SNDBUF, 1 << 20);
        byte[] bytes = random(SocketPair.MUCH);
        WaitingThread writer = waitingWriter(bytes);
        long before = socket.progress().steps();
        assertThat("acknowledged at once", socket.progress().acknowledgedAt().isEmpty(), is(true));
        byte[] received = pair.peer.getInputStream().readNBytes(150_000);
        assertThat(Arrays.equals(received, Arrays.copyOf(bytes, received.length)), is(true));
        Await.until("the progress is seen", TIMEOUT, () -> socket.progress().steps() > before);
        assertThat("acknowledged", socket.progress().acknowledgedAt().isPresent(), is(true));
        socket.cut();
        writer.fails();
    }

    @Test
    void onlyAFastReaderGetsALargerBuffer() throws Exception {
        int before = pair.accepted.getOption(StandardSocketOptions.SO_SNDBUF);
        nanosForEachCall.set(ChannelSocket.FAST_NANOS);
        writeAndRead();
        assertThat("the buffer of a slow reader", pair.accepted.getOption(StandardSocketOptions.SO_SNDBUF), is(before));
        nanosForEachCall.set(0);
        writeAndRead();
        assertThat(
                "the buffer of a fast reader",
                pair.accepted.getOption(StandardSocketOptions.SO_SNDBUF),
                is(greaterThanOrEqualTo(ChannelSocket.LARGE_BUFFER_BYTES)));
    }

    private void writeAndRead() throws Exception {
        byte[] bytes = random(SocketPair.MUCH);
        WaitingThread writer = waitingWriter(bytes);
        byte[] received = pair.peer.getInputStream().readNBytes(bytes.length);
        writer.get();
        assertThat(Arrays.equals(received, bytes), is(true));
    }

    @Test
    void consecutiveWritersAreAllWoken() throws Exception {
        byte[] bytes = random(300_000);
        int writers = 200;
        WaitingThread writing = WaitingThread.start(() -> {
            for (int i = 0; i < writers; i++) {
                FutureTask<Void> next = new FutureTask<>(() -> socket.write(ByteBuffer.wrap(bytes)), null);
                Thread.ofVirtual().start(next);
                next.get();
            }
            return END;
        });
        for (int i = 0; i < writers; i++) {
            byte[] received = pair.peer.getInputStream().readNBytes(bytes.length);
            assertThat("writer " + i, Arrays.equals(received, bytes), is(true));
        }
        writing.get();
    }

    @Test
    void simultaneousReadsAndWritesLoseNothing() throws Exception {
        socket.begin(new byte[0]);
        byte[] bytes = random(SocketPair.MUCH);
        FutureTask<Void> echo = new FutureTask<>(() -> {
            byte[] next;
            while ((next = socket.read()) != null) {
                socket.write(ByteBuffer.wrap(next));
            }
            return null;
        });
        Thread.ofVirtual().start(echo);
        FutureTask<Void> peer = new FutureTask<>(() -> {
            pair.peer.getOutputStream().write(bytes);
            pair.peer.shutdownOutput();
            return null;
        });
        Thread.ofVirtual().start(peer);
        byte[] received = pair.peer.getInputStream().readNBytes(bytes.length);
        assertThat(Arrays.equals(received, bytes), is(true));
        echo.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        peer.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void aWaitingWriteHasItsStartTime() throws Exception {
        assertThat(socket.progress().waitingSince().isPresent(), is(false));
        WaitingThread writer = waitingWriter(new byte[SocketPair.MUCH]);
        assertThat(socket.progress().waitingSince().isPresent(), is(true));
        socket.cut();
        Await.until("the write has failed", TIMEOUT, () -> !writer.thread().isAlive());
        assertThat(socket.progress().waitingSince().isPresent(), is(false));
    }
}
