package testing;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import testing.Fault.Kind;

class UnreliableProxyTest {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int SHORT_MILLIS = 100;

    private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

    UnreliableProxyTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        listening.close();
    }

    /** Once, at once, and then no more. */
    private static Supplier<Fault> once(Kind kind) {
        AtomicInteger taken = new AtomicInteger();
        return () -> new Fault(kind, taken.getAndIncrement() == 0 ? Duration.ZERO : NEVER, NEVER);
    }

    private static Socket connect(UnreliableProxy proxy) throws IOException {
        return patient(new Socket(InetAddress.getLoopbackAddress(), proxy.port()));
    }

    private static Socket patient(Socket socket) throws IOException {
        socket.setSoTimeout(TIMEOUT_MILLIS);
        return socket;
    }

    /** A fault is counted once it has happened, which both sides may have seen before. */
    private static void awaitCounted(UnreliableProxy proxy, Kind kind) throws Exception {
        Await.until("one fault is counted", Duration.ofMillis(TIMEOUT_MILLIS), () -> proxy.count(kind) == 1);
    }

    @Test
    void withoutFaultsBytesPassInBothDirections() throws Exception {
        try (var proxy = new UnreliableProxy(listening.getLocalPort(), () -> new Fault(Kind.RESET, NEVER, NEVER));
                Socket client = connect(proxy);
                Socket server = patient(listening.accept())) {
            byte[] bytes = new byte[100_000];
            new Random(1).nextBytes(bytes);
            client.getOutputStream().write(bytes);
            assertThat(server.getInputStream().readNBytes(bytes.length), is(bytes));
            server.getOutputStream().write(bytes);
            server.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes(), is(bytes));
        }
    }

    @Test
    void cutEndsBothSidesInOrder() throws Exception {
        try (var proxy = new UnreliableProxy(listening.getLocalPort(), once(Kind.CUT));
                Socket client = connect(proxy);
                Socket server = patient(listening.accept())) {
            assertThat(client.getInputStream().read(), is(-1));
            assertThat(server.getInputStream().read(), is(-1));
            awaitCounted(proxy, Kind.CUT);
        }
    }

    @Test
    void resetIsSeenAsOneOnBothSides() throws Exception {
        try (var proxy = new UnreliableProxy(listening.getLocalPort(), once(Kind.RESET));
                Socket client = connect(proxy);
                Socket server = patient(listening.accept())) {
            assertThrows(SocketException.class, client.getInputStream()::read);
            assertThrows(SocketException.class, server.getInputStream()::read);
            awaitCounted(proxy, Kind.RESET);
        }
    }

    @Test
    void nothingPassesWhileItStallsAndAllOfItWhenThatIsOver() throws Exception {
        try (var proxy = new UnreliableProxy(listening.getLocalPort(), once(Kind.STALL));
                Socket client = connect(proxy);
                Socket server = listening.accept()) {
            awaitCounted(proxy, Kind.STALL);
            client.getOutputStream().write(1);
            server.setSoTimeout(SHORT_MILLIS);
            assertThrows(SocketTimeoutException.class, server.getInputStream()::read);
            proxy.calm();
            patient(server);
            assertThat(server.getInputStream().read(), is(1));
        }
    }

    @Test
    void afterCalmANewConnectionHasNoFaults() throws Exception {
        try (var proxy = new UnreliableProxy(listening.getLocalPort(), once(Kind.RESET))) {
            proxy.calm();
            try (Socket client = connect(proxy);
                    Socket server = patient(listening.accept())) {
                client.getOutputStream().write(1);
                assertThat(server.getInputStream().read(), is(1));
                assertThat(proxy.count(Kind.RESET), is(0L));
            }
        }
    }

    @Test
    void scheduleFollowsFromItsSeedAndHasAllKinds() {
        assertThat(faults(7), is(faults(7)));
        assertThat(faults(7), is(not(faults(8))));
        assertThat(faults(7).stream().map(Fault::kind).distinct().count(), is((long) Kind.values().length));
    }

    private static List<Fault> faults(long seed) {
        return Stream.generate(new FaultSchedule(new Random(seed))).limit(100).toList();
    }
}
