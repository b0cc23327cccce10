package testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import testing.Fault.Kind;

/** Stands between clients and a server, and delays, stalls, cuts and resets their connections by a schedule. */
public final class UnreliableProxy implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final Supplier<Fault> faults;
    private final Set<UnreliableLink> links = ConcurrentHashMap.newKeySet();
    private final Map<Kind, Long> counts = new ConcurrentHashMap<>();
    private volatile boolean calm;

    /** Listens on a free port of this machine; every connection takes its faults out of {@code faults}. */
    public UnreliableProxy(int target, Supplier<Fault> faults) throws IOException {
        this.target = target;
        this.faults = faults;
        Thread.ofVirtual().start(this::accept);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listening.accept();
                Thread.ofVirtual().start(() -> link(client));
            }
        } catch (IOException e) {
            // The test has closed it.
        }
    }

    private void link(Socket client) {
        try (client;
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
            UnreliableLink link = new UnreliableLink(client, server);
            links.add(link);
            // After it has been added: either calm() and close() find it, or it finds what they have said.
            if (calm) {
                link.calm();
            }
            if (listening.isClosed()) {
                link.end();
            }
            link.run(faults, kind -> counts.merge(kind, 1L, Long::sum));
            links.remove(link);
        } catch (IOException e) {
            // The server is not there: the client sees its connection end.
        }
    }

    /** Where it listens. */
    public int port() {
        return listening.getLocalPort();
    }

    /** How often that has happened. */
    public long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** No more faults from now on, also not those that last. */
    public void calm() {
        calm = true;
        links.forEach(UnreliableLink::calm);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        links.forEach(UnreliableLink::end);
    }
}
