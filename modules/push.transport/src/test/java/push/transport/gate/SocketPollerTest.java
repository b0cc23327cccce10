package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.spi.SelectorProvider;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import testing.Await;
import threads.LongLived;
import threads.ThreadWatch;

/** The poller's thread ends after its last socket, survives every recoverable error, and its end is noticed. */
@Timeout(30)
class SocketPollerTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** A selector without sockets, whose first selections fail, and whose later ones wait for a wake-up. */
    private static final class FailingSelector extends Selector {

        private final Deque<Error> failures = new ArrayDeque<>(
                List.of(new StackOverflowError("test"), new NoClassDefFoundError("test"), new AssertionError("test")));
        private final CountDownLatch recovered = new CountDownLatch(1);
        private final CountDownLatch wakeUp = new CountDownLatch(1);

        @Override
        public int select(Consumer<SelectionKey> action) {
            if (!failures.isEmpty()) {
                throw failures.pop();
            }
            recovered.countDown();
            try {
                wakeUp.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return 0;
        }

        @Override
        public boolean isOpen() {
            return true;
        }

        @Override
        public SelectorProvider provider() {
            return SelectorProvider.provider();
        }

        @Override
        public Set<SelectionKey> keys() {
            return Set.of();
        }

        @Override
        public Set<SelectionKey> selectedKeys() {
            return Set.of();
        }

        @Override
        public int selectNow() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int select(long timeout) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int select() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Selector wakeup() {
            wakeUp.countDown();
            return this;
        }

        @Override
        public void close() {}
    }

    @Test
    void continuesAfterErrors() throws Exception {
        long before = ThreadWatch.failures(LongLived.SOCKETS);
        FailingSelector selector = new FailingSelector();
        SocketPoller poller = new SocketPoller(selector);
        selector.recovered.await();
        assertThat(ThreadWatch.failures(LongLived.SOCKETS) - before, is(3L));
        assertThat(poller.isRunning(), is(true));
        poller.close();
        Await.until("the poller has ended", TIMEOUT, () -> !poller.isRunning());
        assertThat(ThreadWatch.dead(), is(Optional.empty()));
    }

    @Test
    void isDeadWithoutItsSelector() throws Exception {
        Selector selector = Selector.open();
        SocketPoller poller = new SocketPoller(selector);
        selector.close();
        Await.until("the poller is dead", TIMEOUT, () -> !poller.isRunning());
        assertThat(ThreadWatch.dead(), is(Optional.of(LongLived.SOCKETS)));
        poller.close();
        assertThat(ThreadWatch.dead(), is(Optional.empty()));
    }

    @Test
    void endsOnceItAndItsLastSocketAreClosed() throws Exception {
        SocketPoller poller = new SocketPoller();
        try (SocketPair pair = new SocketPair();
                SocketPair other = new SocketPair()) {
            ChannelSocket first = polled(poller, pair);
            ChannelSocket last = polled(poller, other);
            poller.close();
            pair.tear();
            assertThat(first.read(), is(nullValue()));
            first.cut();
            other.peer.getOutputStream().write(1);
            assertThat("still read", last.read(), is(new byte[] {1}));
            assertThat(poller.isRunning(), is(true));
            last.cut(); // although the peer leaves the connection open
            Await.until("the thread has ended", TIMEOUT, () -> !poller.isRunning());
        }
    }

    private static ChannelSocket polled(SocketPoller poller, SocketPair pair) {
        ChannelSocket socket = new ChannelSocket(pair.accepted, System::nanoTime);
        assertThat(poller.add(socket), is(true));
        socket.begin(new byte[0]);
        return socket;
    }

    @Test
    void doesNotTouchANewChannelOnceItIsClosed() throws Exception {
        SocketPoller poller = new SocketPoller();
        poller.close();
        try (SocketPair late = new SocketPair()) {
            assertThat(poller.add(new ChannelSocket(late.accepted, System::nanoTime)), is(false));
            assertThat(late.accepted.isBlocking(), is(true));
        }
    }
}
