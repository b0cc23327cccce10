package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import push.engine.Delivery;
import push.engine.Hub;
import push.engine.HubConfig;
import push.engine.Interest;
import push.engine.StalePolicy;
import push.engine.Subscription;
import push.engine.SubscriptionRefused;
import push.engine.SubscriptionRequest;
import push.engine.SubscriptionRequest.Start;
import push.transport.gate.RawFrame;

/** The frames of a batch hold the bytes of its messages, for any sizes and after any other batch. */
class SharedFramesTest {

    private static final int FRAME = 16_384;
    private static final int MOST = 4 * FRAME;

    private final SharedFrames frames = new SharedFrames();

    private final Hub hub =
            Hub.builder(HubConfig.defaults()).wireFormat(new EventEncoder()).open();
    private Subscription subscription;

    @BeforeEach
    void subscribe() throws SubscriptionRefused {
        subscription = hub.subscribe(
                new SubscriptionRequest("g", "peer", "", Start.CURSOR, StalePolicy.LIVE_TAIL, Interest.ALL, false));
    }

    @AfterEach
    void close() {
        hub.close();
    }

    /** A published event with this many bytes on the wire. */
    private Delivery message(int bytes) {
        Delivery[] into = new Delivery[1];
        int reason = bytes - 200;
        while (true) {
            hub.publisher().invalidate(UUID.randomUUID(), null, "x".repeat(Math.max(0, reason)), "");
            assertThat(subscription.poll(into), is(1));
            int more = bytes - GrpcMessage.of(into[0]).length;
            if (more == 0 || reason + more < 0) {
                return into[0];
            }
            reason += more;
        }
    }

    private List<Delivery> messages(int... sizes) {
        return Arrays.stream(sizes).mapToObj(this::message).toList();
    }

    /** Returns true if all messages fit into one write. */
    private boolean assemble(List<Delivery> messages, int stream) {
        batch(messages);
        return frames.assemble(0, messages.size(), stream) == messages.size();
    }

    private void batch(List<Delivery> messages) {
        for (int i = 0; i < messages.size(); i++) {
            frames.batch()[i] = messages.get(i);
        }
    }

    /** Reads the frames as a write does. */
    private byte[] written() {
        byte[] written = new byte[frames.frames().remaining()];
        frames.frames().get(written);
        return written;
    }

    private static List<RawFrame> parse(byte[] bytes) throws IOException {
        ByteArrayInputStream in = new ByteArrayInputStream(bytes);
        List<RawFrame> frames = new ArrayList<>();
        while (in.available() > 0) {
            frames.add(RawFrame.read(new DataInputStream(in)));
        }
        return frames;
    }

    private byte[] bytes(List<Delivery> messages) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        messages.forEach(message -> all.writeBytes(GrpcMessage.of(message)));
        return all.toByteArray();
    }

    private void hold(List<Delivery> messages, int stream) throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        for (RawFrame frame : parse(written())) {
            assertThat(frame.type, is(RawFrame.DATA));
            assertThat(frame.flags, is(0));
            assertThat(frame.stream, is(stream));
            assertThat(frame.payload.length, is(both(greaterThan(0)).and(lessThanOrEqualTo(FRAME))));
            payload.writeBytes(frame.payload);
        }
        assertThat(Arrays.equals(payload.toByteArray(), bytes(messages)), is(true));
        assertThat(frames.payloadBytes(), is(payload.size()));
    }

    @ParameterizedTest
    @ValueSource(ints = {300, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, 2 * FRAME + 1, MOST - 1, MOST})
    void aMessageOfAnySizeIsFramed(int size) throws IOException {
        List<Delivery> messages = messages(size);
        assertThat(assemble(messages, 3), is(true));
        hold(messages, 3);
    }

    @Test
    void messagesFillFramesAndTheLastFrameHoldsTheRest() throws IOException {
        assemble(messages(FRAME - 5, 1_000, FRAME), 1);
        List<Integer> sizes =
                parse(written()).stream().map(frame -> frame.payload.length).toList();
        assertThat(sizes, is(List.of(FRAME, FRAME, 995)));
    }

    @Test
    void aMessageThatExceedsOneWriteIsNotAssembled() throws IOException {
        List<Delivery> small = messages(300, 400);
        assertThat(assemble(small, 1), is(true));
        assertThat(assemble(messages(MOST, 300), 1), is(false));
        assertThat(assemble(messages(MOST + 1), 1), is(false));
        assertThat(assemble(small, 1), is(true));
        hold(small, 1);
    }

    @Test
    void messagesThatDoNotFitAreLeftForTheNextWrite() throws IOException {
        List<Delivery> messages = messages(FRAME, 2 * FRAME, FRAME, 200, MOST, MOST + 1, 300);
        for (int round = 0; round < 2; round++) { // the second round is for another stream
            batch(messages);
            int stream = 2 * round + 1;
            assertThat(frames.assemble(0, 7, stream), is(3));
            hold(messages.subList(0, 3), stream);
            assertThat(frames.assemble(3, 7, stream), is(1));
            hold(messages.subList(3, 4), stream);
            assertThat(frames.assemble(4, 7, stream), is(1));
            hold(messages.subList(4, 5), stream);
            assertThat(frames.assemble(5, 7, stream), is(0));
            assertThat(frames.assemble(6, 7, stream), is(1));
            hold(messages.subList(6, 7), stream);
        }
    }

    /** The messages that were recorded before the failure must not count as assembled. */
    @Test
    void aBatchThatCouldNotBeEncodedIsForgotten() throws IOException {
        List<Delivery> messages = messages(300, 400);
        List<Delivery> others = messages(300, 400);
        assemble(messages, 1);
        Arrays.fill(frames.batch(), 0, 2, null);
        batch(others.subList(0, 1));
        assertThrows(NullPointerException.class, () -> frames.assemble(0, 2, 1));
        List<Delivery> mixed = List.of(others.getFirst(), messages.getLast());
        assertThat(assemble(mixed, 1), is(true));
        hold(mixed, 1);
    }

    @Test
    void theSameBatchForAnotherStreamDiffersOnlyInTheStreamNumber() throws IOException {
        List<Delivery> messages = messages(20_000, 300, 30_000);
        assemble(messages, 5);
        byte[] first = written();
        assemble(messages, 0x7fff_fffd);
        byte[] second = written();
        assemble(messages, 5);
        assertThat(Arrays.equals(written(), first), is(true));
        assemble(messages, 0x7fff_fffd);
        hold(messages, 0x7fff_fffd);
        for (int at = 5; at < second.length; at += 9 + FRAME) {
            ByteBuffer.wrap(second).putInt(at, 5);
        }
        assertThat(Arrays.equals(second, first), is(true));
    }

    @Test
    void aBatchThatWasWrittenInPartIsCompleteForTheNextStream() throws IOException {
        List<Delivery> messages = messages(FRAME, 500);
        assemble(messages, 1);
        frames.frames().get(new byte[FRAME + 20]); // as much as the socket had room for
        assemble(messages, 3);
        hold(messages, 3);
    }

    @Test
    void aPartOfABatchAndAnotherBatchOfTheSameSizeAreNotConfused() throws IOException {
        List<Delivery> messages = messages(300, 400, 500);
        assemble(messages, 1);
        assemble(messages.subList(0, 2), 1);
        hold(messages.subList(0, 2), 1);
        List<Delivery> others = List.of(messages.get(0), messages(400).getFirst());
        assemble(others, 1);
        hold(others, 1);
    }

    @RepeatedTest(5)
    void anySequenceOfBatchesIsFramed() throws IOException {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<Delivery> log = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            int most = random.nextInt(4) == 0 ? 40_000 : 500;
            log.add(message(random.nextInt(200, most)));
        }
        int from = 0;
        int to = 1;
        for (int round = 0; round < 300; round++) {
            if (random.nextInt(3) == 0) { // otherwise another stream gets the same batch
                from = random.nextInt(log.size());
                to = Math.min(log.size(), from + random.nextInt(1, SharedFrames.BATCH + 1));
            }
            List<Delivery> batch = log.subList(from, to);
            int stream = 2 * random.nextInt(1 << 30) + 1;
            batch(batch);
            for (int done = 0; done < batch.size(); ) {
                int more = frames.assemble(done, batch.size(), stream);
                assertThat("seed " + seed, more, is(greaterThan(0)));
                hold(batch.subList(done, done + more), stream);
                done += more;
                if (done < batch.size()) {
                    int next = GrpcMessage.of(batch.get(done)).length;
                    assertThat("seed " + seed, frames.payloadBytes() + next, is(greaterThan(MOST)));
                }
            }
        }
    }
}
