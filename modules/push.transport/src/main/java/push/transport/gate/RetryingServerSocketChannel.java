package push.transport.gate;

import static java.lang.System.Logger.Level.WARNING;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.NotYetBoundException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A listening socket that retries when the system has no file descriptor or memory for another connection. Helidon
 * would close its listener after any failed accept. Supports blocking accepts only.
 *
 * <p>The class finds out the reason for a failure by opening a file, because system messages are localized. While no
 * descriptor is available, it retries without limit. Any other failure concerns one connection; after
 * {@value #MAX_FAILURES} of them in a row, {@link #accept} throws.
 */
final class RetryingServerSocketChannel extends ForwardingServerSocketChannel {

    static final int MAX_FAILURES = 20;

    private static final System.Logger LOG = System.getLogger(RetryingServerSocketChannel.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final BooleanSupplier descriptorsAreLeft;

    RetryingServerSocketChannel(ServerSocketChannel socket) {
        this(socket, RetryingServerSocketChannel::canOpen);
    }

    /** @param descriptorsAreLeft returns true while the process can open a file */
    RetryingServerSocketChannel(ServerSocketChannel socket, BooleanSupplier descriptorsAreLeft) {
        super(socket);
        this.descriptorsAreLeft = descriptorsAreLeft;
    }

    private static boolean canOpen() {
        try {
            Files.newInputStream(Path.of("/dev/null")).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public @Nullable SocketChannel accept() throws IOException {
        boolean isShort = false;
        int failures = 0;
        while (true) {
            try {
                SocketChannel accepted = socket.accept();
                if (isShort) {
                    LOG.log(WARNING, "push accepts connections again");
                }
                return accepted;
            } catch (ClosedChannelException | NotYetBoundException | IllegalBlockingModeException e) {
                throw e;
            } catch (IOException e) {
                if (!socket.isOpen()) {
                    throw e;
                }
                if (descriptorsAreLeft.getAsBoolean()) {
                    if (++failures >= MAX_FAILURES) {
                        throw e;
                    }
                } else {
                    failures = 0;
                }
                if (!isShort) {
                    isShort = true;
                    LOG.log(WARNING, "push cannot accept connections at the moment, and retries: " + e.getMessage());
                }
                pause(e);
            }
        }
    }

    private static void pause(IOException failure) throws IOException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure; // the listener is being stopped
        }
    }
}
