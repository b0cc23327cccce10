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

/** A proxy between clients and a server, which delays, stalls, cuts and resets their connections by a schedule. */
public final class UnreliableProxy implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final Supplier<Fault> faults;
    private final Set<UnreliableLink> links = ConcurrentHashMap.newKeySet();
    private final Map<Kind, Long> counts = new ConcurrentHashMap<>();
    private volatile boolean calm;

    /** Listens on a free port of this machine; every connection gets its faults from {@code faults}. */
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
            // After the link was added: either calm() and close() find the link, or the link sees their flags.
            if (calm) {
                link.calm();
            }
            if (listening.isClosed()) {
                link.end();
            }
            link.run(faults, kind -> counts.merge(kind, 1L, Long::sum));
            links.remove(link);
        } catch (IOException e) {
            // The server is not reachable: the client sees its connection end.
        }
    }

    /** Returns the port of the proxy. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Returns how often a kind of fault has occurred. */
    public long count(Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** Stops all faults, including those that are still in effect. */
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
