package testing;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import testing.Fault.Kind;

/** One connection through an {@link UnreliableProxy}: two sockets, and the faults between them. */
final class UnreliableLink {

    /** Odd, so that under load a chunk, and therefore a cut, ends in the middle of a frame. */
    private static final int CHUNK_BYTES = 4_093;

    private final Socket client;
    private final Socket server;
    private final Gate gate = new Gate();
    private final CountDownLatch quiet = new CountDownLatch(1);

    UnreliableLink(Socket client, Socket server) throws IOException {
        this.client = client;
        this.server = server;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
    }

    /** Copies bytes in both directions, and applies faults, until either side has ended. */
    void run(Supplier<Fault> faults, Consumer<Kind> happened) {
        Thread.ofVirtual().start(() -> suffer(faults, happened));
        Thread.ofVirtual().start(() -> pump(client, server));
        pump(server, client);
    }

    /** Stops all faults, including one that is still in effect. */
    void calm() {
        quiet.countDown();
    }

    private void pump(Socket from, Socket to) {
        byte[] chunk = new byte[CHUNK_BYTES];
        try {
            for (int n = from.getInputStream().read(chunk);
                    n >= 0;
                    n = from.getInputStream().read(chunk)) {
                gate.pass();
                to.getOutputStream().write(chunk, 0, n);
            }
        } catch (IOException e) {
            // The other direction, a fault or a peer has ended the connection.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private void suffer(Supplier<Fault> faults, Consumer<Kind> happened) {
        try {
            Fault fault = faults.get();
            while (!isQuietWithin(fault.after())) {
                begin(fault.kind());
                happened.accept(fault.kind());
                isQuietWithin(fault.lasting());
                gate.open();
                fault = faults.get();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            end();
        }
    }

    private void begin(Kind kind) throws IOException {
        switch (kind) {
            case DELAY -> gate.slow();
            case STALL -> gate.shut();
            case CUT -> {
                client.shutdownOutput();
                server.shutdownOutput();
                end();
            }
            case RESET -> {
                client.setSoLinger(true, 0);
                server.setSoLinger(true, 0);
                end();
            }
        }
    }

    private boolean isQuietWithin(Duration time) throws InterruptedException {
        return quiet.await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Closes both sides. Further calls have no effect. */
    void end() {
        calm();
        gate.open();
        for (Socket socket : new Socket[] {client, server}) {
            try {
                socket.close();
            } catch (IOException e) {
                // The socket is no longer used in either case.
            }
        }
    }
}
