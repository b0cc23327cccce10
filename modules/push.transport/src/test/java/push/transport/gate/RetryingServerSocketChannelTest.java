package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.instanceOf;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.sameInstance;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RetryingServerSocketChannelTest {

    /** A socket whose accept fails this number of times, with the message of a German system. */
    private static final class Failing extends ForwardingServerSocketChannel {

        private final int failures;
        private int attempts;

        Failing(ServerSocketChannel socket, int failures) {
            super(socket);
            this.failures = failures;
        }

        @Override
        public SocketChannel accept() throws IOException {
            if (++attempts <= failures) {
                throw new SocketException("Zu viele offene Dateien");
            }
            return socket.accept();
        }
    }

    private static ServerSocketChannel bound(ServerSocketChannel socket) throws IOException {
        return socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    private static ServerSocketChannel failing(int failures) throws IOException {
        return bound(new Failing(ServerSocketChannel.open(), failures));
    }

    private static Socket connect(ServerSocketChannel to) throws IOException {
        Socket peer = new Socket();
        peer.connect(to.getLocalAddress());
        return peer;
    }

    @Test
    void waitsWhileNoDescriptorIsLeft() throws IOException {
        int more = 2 * RetryingServerSocketChannel.MAX_FAILURES;
        try (ServerSocketChannel listener = new RetryingServerSocketChannel(failing(more), () -> false);
                Socket peer = connect(listener);
                SocketChannel accepted = listener.accept()) {
            assertThat(accepted.getRemoteAddress(), is(peer.getLocalSocketAddress()));
        }
    }

    @Test
    void recoversFromTheFailureOfOneConnection() throws IOException {
        try (ServerSocketChannel listener = new RetryingServerSocketChannel(failing(3), () -> true);
                Socket peer = connect(listener);
                SocketChannel accepted = listener.accept()) {
            assertThat(accepted.getRemoteAddress(), is(peer.getLocalSocketAddress()));
        }
    }

    @Test
    void givesUpABrokenSocket() throws IOException {
        try (ServerSocketChannel listener =
                new RetryingServerSocketChannel(failing(RetryingServerSocketChannel.MAX_FAILURES), () -> true)) {
            assertThrows(SocketException.class, listener::accept);
        }
    }

    @Test
    void closeEndsAnAcceptEvenWhileItPauses() throws Exception {
        CountDownLatch pausing = new CountDownLatch(1);
        RetryingServerSocketChannel waits = new RetryingServerSocketChannel(bound(ServerSocketChannel.open()));
        RetryingServerSocketChannel pauses = new RetryingServerSocketChannel(failing(Integer.MAX_VALUE), () -> {
            pausing.countDown();
            return false;
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> first = threads.submit(waits::accept);
            Future<?> second = threads.submit(pauses::accept);
            pausing.await();
            waits.close();
            pauses.close();
            assertThat(failure(first), is(instanceOf(IOException.class)));
            assertThat(failure(second), is(instanceOf(IOException.class)));
        }
        assertThrows(java.nio.channels.ClosedChannelException.class, waits::accept);
    }

    private static @Nullable Throwable failure(Future<?> of) {
        return assertThrows(ExecutionException.class, () -> of.get(20, TimeUnit.SECONDS))
                .getCause();
    }

    @Test
    void theProviderReplacesOnlyListeningChannels() throws IOException {
        SelectorProvider jdk = SelectorProvider.provider();
        RetryingSelectorProvider patient = new RetryingSelectorProvider(jdk);
        try (ServerSocketChannel listener = patient.openServerSocketChannel();
                SocketChannel socket = patient.openSocketChannel()) {
            assertThat(listener, is(instanceOf(RetryingServerSocketChannel.class)));
            assertThat(socket.provider(), is(sameInstance(jdk)));
            assertThat(bound(listener), is(sameInstance(listener)));
            try (Socket peer = connect(listener);
                    SocketChannel accepted = listener.accept()) {
                assertThat(accepted.getRemoteAddress(), is(peer.getLocalSocketAddress()));
            }
        }
    }
}
