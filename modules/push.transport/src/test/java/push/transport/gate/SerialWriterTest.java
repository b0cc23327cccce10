package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import testing.Await;

/** Writes arrive completely, and the rest of a partial write precedes everything else. */
@Timeout(30)
class SerialWriterTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    /** The states of a thread that waits for the socket, or for room in it. */
    private static final Set<Thread.State> WAITS = EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING);

    private final SocketPoller poller = new SocketPoller();
    private final SocketPair pair;
    private final ChannelSocket socket;
    private final SerialWriter writer;

    SerialWriterTest() throws IOException {
        pair = new SocketPair();
        socket = new ChannelSocket(pair.accepted, System::nanoTime);
        writer = new SerialWriter(socket);
    }

    @BeforeEach
    void poll() {
        poller.add(socket);
    }

    @AfterEach
    void close() throws IOException {
        socket.cut();
        pair.close();
        poller.close();
    }

    /** A frame of a writer and a number, whose payload repeats both. */
    private static byte[] frame(int of, int number, int bytes) {
        byte[] payload = new byte[bytes];
        Arrays.fill(payload, (byte) (of + number));
        return new RawFrame(of, number & 0xff, number, payload).bytes();
    }

    /** Leaves a partial write, and returns the number of frames. */
    private int leavePartialWrite() {
        int frames = 0;
        boolean all = true;
        while (all) {
            assertThat(writer.tryBegin(), is(true));
            all = writer.tryWrite(ByteBuffer.wrap(frame(1, frames++, 16_384)));
            writer.end();
        }
        return frames;
    }

    private List<RawFrame> read(int frames) throws IOException {
        DataInputStream in = new DataInputStream(pair.peer.getInputStream());
        List<RawFrame> read = new ArrayList<>();
        while (read.size() < frames) {
            read.add(RawFrame.read(in));
        }
        return read;
    }

    @Test
    void aPartialWriteIsCompletedBeforeTheNextWrite() throws Exception {
        int frames = leavePartialWrite();
        FutureTask<Void> next = new FutureTask<>(
                () -> writer.writeAll(new java.util.ArrayDeque<>(java.util.List.of(frame(7, 7, 100)))::poll),
                null); // as Helidon does
        Thread.ofVirtual().start(next);
        List<RawFrame> read = read(frames + 1);
        next.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        for (int i = 0; i < frames; i++) {
            assertThat(Arrays.equals(read.get(i).bytes(), frame(1, i, 16_384)), is(true));
        }
        assertThat(Arrays.equals(read.getLast().bytes(), frame(7, 7, 100)), is(true));
    }

    /** Otherwise each stream of a gateway that reads nothing would hold a buffer. */
    @Test
    void framesAreAssembledOnlyByTheOwnerOfTheSocket() throws Exception {
        int frames = leavePartialWrite();
        AtomicInteger assembled = new AtomicInteger();
        BufferPool buffers = new BufferPool(Frames.BUFFER_BYTES, 1);
        List<FutureTask<Void>> writes = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            FutureTask<Void> write = new FutureTask<>(
                    () -> writer.write(buffers, buffer -> buffer.put(frame(7, assembled.getAndIncrement(), 100))),
                    null);
            writes.add(write);
            threads.add(Thread.ofVirtual().start(write));
        }
        for (Thread thread : threads) {
            Await.until("the thread waits", TIMEOUT, () -> WAITS.contains(thread.getState()));
        }
        assertThat(assembled.get(), is(0));
        List<RawFrame> read = read(frames + writes.size());
        for (FutureTask<Void> write : writes) {
            write.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        }
        for (int i = 0; i < writes.size(); i++) {
            assertThat(Arrays.equals(read.get(frames + i).bytes(), frame(7, i, 100)), is(true));
        }
    }

    @Test
    void aNonBlockingWriterIsRefusedUntilThePartialWriteIsCompleted() throws Exception {
        int frames = leavePartialWrite();
        assertThat(writer.tryBegin(), is(false));
        FutureTask<Void> flush = new FutureTask<>(writer::flush, null);
        Thread.ofVirtual().start(flush);
        read(frames);
        flush.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        Await.until("the socket is free", TIMEOUT, writer::tryBegin);
        writer.end();
    }

    /** The thread that takes over from the refused one may have nothing else to write. */
    @Test
    void aPartialWriteIsCompletedAfterARefusal() throws Exception {
        int frames = leavePartialWrite();
        assertThat(writer.tryBegin(), is(false));
        assertThat(read(frames).size(), is(frames));
    }

    @Test
    void anErrorWhileWritingPendingFramesEndsTheConnection() throws Exception {
        writer.whenClaimed(() -> {
            throw new IllegalStateException("no memory, for example");
        });
        writer.flushLater();
        Await.until("the connection is cut", TIMEOUT, () -> !pair.accepted.isOpen());
    }

    /**
     * The next thread that claims the socket writes the pending frames. A dispatcher must not be the one to detect the
     * broken connection.
     */
    @Test
    void aNonBlockingWriterIsRefusedOnABrokenConnectionWithPendingFrames() {
        writer.control(frame(0, 0, 8));
        socket.cut();
        assertThat(writer.tryBegin(), is(false));
        assertThrows(UncheckedIOException.class, () -> writer.write(ByteBuffer.wrap(frame(1, 1, 1))));
    }

    @Test
    void aNonBlockingWriterIsRefusedWhileAnotherWrites() throws Exception {
        byte[] large = frame(1, 1, SocketPair.MUCH);
        FutureTask<Void> other = new FutureTask<>(() -> writer.write(ByteBuffer.wrap(large)), null);
        Thread thread = Thread.ofVirtual().start(other);
        Await.until("the writer waits for room", TIMEOUT, () -> thread.getState() == Thread.State.TIMED_WAITING);
        assertThat(writer.tryBegin(), is(false));
        read(1);
        other.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        assertThat(writer.tryBegin(), is(true));
        writer.end();
    }

    @Test
    void shutsWhileThereIsNoWriter() {
        assertThat(writer.tryShut(), is(true));
        assertThrows(UncheckedIOException.class, () -> writer.write(ByteBuffer.allocate(1)));
        assertThrows(UncheckedIOException.class, writer::flush);
    }

    @Test
    void doesNotShutDuringAWrite() throws Exception {
        FutureTask<Void> hanging = new FutureTask<>(() -> writer.write(ByteBuffer.allocate(SocketPair.MUCH)), null);
        Thread thread = Thread.ofVirtual().start(hanging);
        Await.until("the writer waits for room", TIMEOUT, () -> thread.getState() == Thread.State.TIMED_WAITING);
        assertThat(writer.tryShut(), is(false));
    }

    @RepeatedTest(5)
    void framesOfManyWritersStayCompleteAndInOrder() throws Exception {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        int writers = 6;
        int frames = 300;
        int first = leavePartialWrite();
        List<FutureTask<Void>> writing = new ArrayList<>();
        for (int each = 0; each < writers; each++) {
            int of = each;
            SplittableRandom own = random.split();
            FutureTask<Void> task = new FutureTask<>(() -> writeAtRandom(of, frames, own), null);
            writing.add(task);
            Thread.ofVirtual().start(task);
        }
        assertThat(read(first).getLast().stream, is(first - 1)); // before the frames of all writers
        int[] next = new int[writers];
        for (RawFrame frame : read(writers * frames)) {
            assertThat("seed " + seed, frame.stream, is(next[frame.type]++));
            byte[] expected = frame(frame.type, frame.stream, frame.payload.length);
            assertThat("seed " + seed, Arrays.equals(frame.bytes(), expected), is(true));
        }
        for (FutureTask<Void> each : writing) {
            each.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private void writeAtRandom(int of, int frames, SplittableRandom random) {
        for (int number = 0; number < frames; number++) {
            ByteBuffer frame = ByteBuffer.wrap(frame(of, number, random.nextInt(20_000)));
            if (random.nextBoolean() && writer.tryBegin()) {
                boolean all;
                try {
                    all = writer.tryWrite(frame);
                } finally {
                    writer.end();
                }
                if (!all) {
                    writer.flush();
                }
            } else {
                writer.write(frame);
            }
        }
    }
}
