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

/** A polled socket over loopback: what waits, what does not, and who is woken. */
@Timeout(30)
class ChannelSocketTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private static final byte[] END = {};

    /** For what is unread. */
    private static final int ROOM = 1 << 16;

    /** How far the clock goes on each time that it is read. */
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

    /** Reads so many bytes, or to the end. */
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

    /** Nothing is read at the end. */
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
    void whatWasReadBeforeComesFirst() throws Exception {
        pair.peer.getOutputStream().write("second".getBytes(US_ASCII));
        socket.begin("first".getBytes(US_ASCII));
        assertThat(new String(read(5), US_ASCII), is("first"));
        assertThat(new String(read(6), US_ASCII), is("second"));
    }

    @Test
    void readerIsWokenByEachPiece() throws Exception {
        socket.begin(new byte[0]);
        for (int i = 0; i < 50; i++) {
            WaitingThread reader = waitingReader();
            pair.peer.getOutputStream().write(i);
            assertThat(reader.get(), is(new byte[] {(byte) i}));
        }
    }

    @Test
    void endIsReadAsOftenAsItIsAskedFor() throws Exception {
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
    void interruptedReaderClosesIt() throws Exception {
        socket.begin(new byte[0]);
        WaitingThread reader = waitingReader();
        reader.thread().interrupt();
        reader.fails();
        assertThat("the end", pair.peer.getInputStream().read(), is(-1));
    }

    @Test
    void interruptedWriterClosesItUnderItsReader() throws Exception {
        socket.begin(new byte[0]);
        WaitingThread reader = waitingReader();
        WaitingThread writer = waitingWriter(new byte[SocketPair.MUCH]);
        writer.thread().interrupt();
        writer.fails();
        assertThat(reader.get(), is(END));
    }

    @Test
    void noMoreIsReadThanThereIsRoomForUntilItIsTaken() throws Exception {
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
        Await.until("it is full", SOON, () -> socket.bufferedBytes() >= ROOM);
        assertThat(Arrays.equals(read(Integer.MAX_VALUE), sent), is(true));
        peer.join();
    }

    @Test
    void whatComesInThousandsOfSingleBytesIsHeldInBounds() throws Exception {
        socket.begin(new byte[0]);
        byte[] sent = random(20_000);
        int bytes = 0;
        while (socket.bufferedBytes() < ROOM) {
            int before = socket.bufferedBytes();
            pair.peer.getOutputStream().write(sent, bytes++, 1);
            while (socket.bufferedBytes() == before) {
                Thread.onSpinWait(); // each is to be read by itself
            }
        }
        assertThat("bytes that fill it", bytes, is(lessThan(ROOM / 30)));
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
    void writeGoesOnAsThePeerReads() throws Exception {
        writeAndRead();
    }

    /** The selector says nothing of it: it waits until a third of the buffer is free. */
    @Test
    void progressOfASlowReaderIsSeenThoughTheBufferStaysAlmostFull() throws Exception {
        pair.accepted.setOption(StandardSocketOptions.SO_SNDBUF, 1 << 20);
        byte[] bytes = random(SocketPair.MUCH);
        WaitingThread writer = waitingWriter(bytes);
        long before = socket.progress().steps();
        assertThat("acknowledged at once", socket.progress().acknowledgedAt().isEmpty(), is(true));
        byte[] received = pair.peer.getInputStream().readNBytes(150_000);
        assertThat(Arrays.equals(received, Arrays.copyOf(bytes, received.length)), is(true));
        Await.until("it is seen", SOON, () -> socket.progress().steps() > before);
        assertThat("acknowledged", socket.progress().acknowledgedAt().isPresent(), is(true));
        socket.cut();
        writer.fails();
    }

    @Test
    void onlyAFastReaderGetsALargerBuffer() throws Exception {
        int before = pair.accepted.getOption(StandardSocketOptions.SO_SNDBUF);
        nanosForEachCall.set(ChannelSocket.FAST_NANOS);
        writeAndRead();
        assertThat("for a slow one", pair.accepted.getOption(StandardSocketOptions.SO_SNDBUF), is(before));
        nanosForEachCall.set(0);
        writeAndRead();
        assertThat(
                "for a fast one",
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
    void writersThatFollowEachOtherAreAllWoken() throws Exception {
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
    void readAndWriteAtOnceLoseNothing() throws Exception {
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
        echo.get(SOON.toSeconds(), TimeUnit.SECONDS);
        peer.get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    @Test
    void whileAWriteWaitsTheSocketSaysSinceWhen() throws Exception {
        assertThat(socket.progress().waitingSince().isPresent(), is(false));
        WaitingThread writer = waitingWriter(new byte[SocketPair.MUCH]);
        assertThat(socket.progress().waitingSince().isPresent(), is(true));
        socket.cut();
        Await.until("the write has failed", SOON, () -> !writer.thread().isAlive());
        assertThat(socket.progress().waitingSince().isPresent(), is(false));
    }
}
