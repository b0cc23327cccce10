package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import testing.Await;

/** The read bytes are returned completely and in order, and reading pauses while they are not taken. */
@Timeout(30)
class ReadAheadTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private boolean reading = true;
    private final ReadAhead ahead = new ReadAhead(() -> reading = false, () -> reading = true);

    @Test
    void noBytesYetIsNotTheEnd() {
        assertThat(ahead.next(), is(nullValue()));
        ahead.add(new byte[0]);
        assertThat(ahead.next(), is(nullValue()));
        ahead.end();
        assertThat(ahead.next(), is(new byte[0]));
        assertThat(ahead.next(), is(new byte[0]));
        assertThat("reading at the end would repeat forever", reading, is(false));
    }

    @Test
    void readBytesAreReturnedBeforeTheEnd() {
        ahead.add(new byte[] {1, 2});
        ahead.end();
        assertThat(ahead.next(), is(new byte[] {1, 2}));
        assertThat(ahead.next(), is(new byte[0]));
    }

    @Test
    void manySmallChunksFillTheBufferToo() {
        int chunks = 0;
        while (reading) {
            ahead.add(new byte[] {1});
            chunks++;
        }
        assertThat(chunks, is(lessThan(2000)));
        assertThat(ahead.size(), is(chunks * (1 + ReadAhead.CHUNK_BYTES)));
        for (int i = 1; i < chunks; i++) {
            assertThat(ahead.next(), is(new byte[] {1}));
            assertThat("reading stays paused until everything is taken", reading, is(false));
        }
        assertThat(ahead.next(), is(new byte[] {1}));
        assertThat(reading, is(true));
        assertThat(ahead.size(), is(0));
    }

    @RepeatedTest(20)
    void anyOrderOfAddingAndTaking() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        Queue<byte[]> expected = new ArrayDeque<>();
        for (int step = 0; step < 2_000; step++) {
            if (reading && random.nextBoolean()) {
                byte[] chunk = new byte[random.nextInt(1, 16_384)];
                Arrays.fill(chunk, (byte) step);
                ahead.add(chunk);
                expected.add(chunk);
            } else {
                byte[] next = expected.poll();
                assertThat("seed " + seed, Arrays.equals(ahead.next(), next), is(true));
            }
            boolean full = expected.stream()
                            .mapToInt(each -> each.length + ReadAhead.CHUNK_BYTES)
                            .sum()
                    >= ReadAhead.MAX_BYTES;
            assertThat("seed " + seed, !reading || !full, is(true));
            assertThat("seed " + seed, reading || !expected.isEmpty(), is(true));
        }
    }

    @Test
    void aWaitingReaderIsWoken() throws Exception {
        FutureTask<byte[]> taking = new FutureTask<>(() -> {
            byte[] next = ahead.next();
            while (next == null) {
                LockSupport.park(this);
                next = ahead.next();
            }
            return next;
        });
        Thread thread = Thread.ofVirtual().start(taking);
        Await.until("the thread waits", TIMEOUT, () -> thread.getState() == Thread.State.WAITING);
        ahead.add(new byte[] {7});
        assertThat(taking.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS), is(new byte[] {7}));
    }
}
