package app.logging;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import testing.Await;
import threads.LongLived;
import threads.ThreadWatch;

class LineQueueTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** A pipe that blocks until it is opened, like a pipe whose reader has stopped. */
    private static final class Pipe extends OutputStream {

        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private final CountDownLatch open = new CountDownLatch(1);
        private final CountDownLatch reached = new CountDownLatch(1);

        @Override
        public void write(int b) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            reached.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            written.writeBytes(bytes);
        }

        String text() {
            return written.toString(StandardCharsets.UTF_8);
        }
    }

    private final Pipe pipe = new Pipe();
    private final LineQueue queue = new LineQueue(pipe, 100, () -> {});

    @Test
    void linesAreWrittenInOrderAndAsUtf8() {
        pipe.open.countDown();
        queue.offer("one");
        queue.offer("zwölf");
        assertThat(queue.flush(TIMEOUT), is(true));
        assertThat(pipe.text(), is("one\nzwölf\n"));
        assertThat(queue.dropped(), is(0L));
    }

    @Test
    void fullQueueDropsLinesAndReportsTheirNumberLater() throws Exception {
        queue.offer("first");
        pipe.reached.await();
        for (int i = 0; i < 1000; i++) {
            queue.offer("line " + (100 + i)); // nine bytes each, so eleven lines fit
        }
        assertThat(queue.dropped(), is(989L));
        assertThat("waits no longer than the timeout", queue.flush(Duration.ofMillis(1)), is(false));
        pipe.open.countDown();
        assertThat(queue.flush(TIMEOUT), is(true));
        Await.until(
                "the number of dropped lines is reported",
                TIMEOUT,
                () -> pipe.text().contains("push dropped"));
        assertThat(pipe.text(), startsWith("first\nline 100\nline 101\n"));
        assertThat(pipe.text(), containsString("line 110\npush dropped 989 log lines because stderr was not read\n"));
    }

    @Test
    void closedStreamDoesNotEndTheThread() {
        OutputStream closed = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        };
        LineQueue lines = new LineQueue(closed, 100, () -> {});
        lines.offer("one");
        assertThat(lines.flush(TIMEOUT), is(true));
        lines.offer("two");
        assertThat(lines.flush(TIMEOUT), is(true));
        assertThat(lines.dropped(), is(2L));
    }

    @Test
    void writingContinuesAfterErrors() throws Exception {
        long before = ThreadWatch.failures(LongLived.LOG);
        AtomicInteger writes = new AtomicInteger();
        ByteArrayOutputStream written = new ByteArrayOutputStream() {
            @Override
            public void write(byte[] bytes) {
                if (writes.incrementAndGet() <= 2) {
                    throw new StackOverflowError("test");
                }
                writeBytes(bytes);
            }
        };
        LineQueue lines = new LineQueue(written, 100, () -> {});
        lines.offer("one");
        lines.offer("two");
        lines.offer("three");
        Await.until(
                "the third line is written",
                TIMEOUT,
                () -> written.toString(StandardCharsets.UTF_8).equals("three\n"));
        assertThat(lines.dropped(), is(2L));
        assertThat(ThreadWatch.failures(LongLived.LOG) - before, is(2L));
    }
}
