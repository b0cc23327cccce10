package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import testing.Await;
import testing.ForeignGateway;

/** A hub that runs out of file descriptors. */
class DescriptorsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String USER = "0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c";

    private static void limit(HubProcess hub, String soft) throws Exception {
        Process prlimit = new ProcessBuilder("prlimit", "--pid", Long.toString(hub.pid()), "--nofile=" + soft + ":")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat("prlimit", prlimit.waitFor(), is(0));
    }

    private static boolean isReady(HubProcess hub) {
        try {
            return hub.api().call("GET", "/observe/health/ready", "").status() == 200;
        } catch (Exception e) {
            return false;
        }
    }

    private static void closeAll(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void theHubRecoversFromMoreConnectionsThanDescriptors() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            ForeignGateway old = hub.subscribe("old", "").readingAll();
            limit(hub, "96");
            List<Socket> sockets = new ArrayList<>();
            try {
                for (int i = 0; i < 300; i++) {
                    sockets.add(new Socket(InetAddress.getLoopbackAddress(), hub.port()));
                }
            } catch (IOException e) {
                // The hub has accepted as many as it can.
            } finally {
                closeAll(sockets);
            }
            Await.until("the hub serves again", TIMEOUT, () -> isReady(hub));
            String cursor = hub.api().notify(USER, "mail", "{}");
            assertThat(old.next().getCursor(), is(cursor));
            assertThat(hub.err(), hub.err().lines().count(), is(lessThan(100L)));
        }
    }

    @Test
    void theHubRecoversFromAMomentWithoutDescriptors() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            ForeignGateway old = hub.subscribe("old", "").readingAll();
            limit(hub, "10");
            try (Socket waiting = new Socket(InetAddress.getLoopbackAddress(), hub.port())) {
                hub.awaitLog("push cannot accept connections at the moment");
                assertThat(waiting.isConnected(), is(true));
            }
            limit(hub, "1024");
            Await.until("the hub serves again", TIMEOUT, () -> isReady(hub));
            String cursor = hub.api().notify(USER, "mail", "{}");
            assertThat(old.next().getCursor(), is(cursor));
        }
    }
}
