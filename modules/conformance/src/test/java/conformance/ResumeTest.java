package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import push.protocol.v1.PushEvent;
import testing.ForeignGateway;

/** Promise 2: after a cut the stream continues after its cursor, without missing or repeating an event. */
class ResumeTest {

    private static final int CUTS = 100;
    private static final int PUBLISHERS = 4;
    private static final String USER = UUID.randomUUID().toString();

    @Test
    void aHundredCutsUnderLoadLoseAndRepeatNoEvent() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Publishers publishers = new Publishers(hub.api());
            List<Future<Integer>> published = new ArrayList<>();
            for (int p = 0; p < PUBLISHERS; p++) {
                published.add(threads.submit(publishers::run));
            }
            List<String> cursors = readWithCuts(hub);
            publishers.stop = true;
            long count = 0;
            for (Future<Integer> publisher : published) {
                count += publisher.get(60, TimeUnit.SECONDS);
            }
            cursors.addAll(readRest(hub, cursors.getLast(), count - cursors.size()));
            for (int i = 0; i < cursors.size(); i++) {
                assertThat(cursors.get(i), is(hub.epoch() + "-" + (i + 1)));
            }
            assertThat(cursors.size(), is((int) count));
        }
    }

    /**
     * Cuts each connection after a random number of events, alternately by cancelling the call and by closing the
     * connection.
     */
    private static List<String> readWithCuts(HubProcess hub) throws Exception {
        List<String> cursors = new ArrayList<>();
        String cursor = hub.epoch() + "-0";
        for (int cut = 0; cut < CUTS; cut++) {
            ManagedChannel channel = hub.channel();
            ForeignGateway gateway =
                    new ForeignGateway(channel, ForeignGateway.request("resuming", cursor)).readingAll();
            for (int n = ThreadLocalRandom.current().nextInt(1, 40); n > 0; n--) {
                cursor = gateway.next().getCursor();
                cursors.add(cursor);
            }
            if (cut % 2 == 0) {
                gateway.cancel();
            }
            channel.shutdownNow();
        }
        return cursors;
    }

    private static List<String> readRest(HubProcess hub, String cursor, long count) throws Exception {
        ForeignGateway gateway = hub.subscribe("resuming", cursor).readingAll();
        List<String> cursors = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            cursors.add(gateway.next().getCursor());
        }
        assertThat(gateway.nextWithin(Duration.ofMillis(200)) == null, is(true));
        return cursors;
    }

    @Test
    void streamsWithUnusableCursorsContinueAtTheLiveTailAndAreLogged() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            hub.api().notify(USER, "before", "{}");
            List<ForeignGateway> gateways = List.of(
                    hub.subscribe("malformed", "garbage").reading(1),
                    hub.subscribe("other", "otherepoch-1").reading(1),
                    hub.subscribe("future", hub.epoch() + "-99").reading(1));
            hub.api().notify(USER, "after", "{}");
            for (ForeignGateway gateway : gateways) {
                PushEvent event = gateway.next();
                assertThat(event.getClientEvent().getKind(), is("after"));
                assertThat(event.getCursor(), startsWith(hub.epoch()));
            }
            for (String what : List.of("malformed", "other_epoch", "future")) {
                hub.awaitLog("WARNING push.engine.Hub push subscribe with " + what + " cursor");
            }
        }
    }

    /** Publishers that run until they are stopped, and count their events. */
    private static final class Publishers {

        private final HubApi api;
        private volatile boolean stop;

        Publishers(HubApi api) {
            this.api = api;
        }

        int run() throws Exception {
            int count = 0;
            while (!stop) {
                api.notify(USER, "load", "{\"n\":" + count + "}");
                count++;
            }
            return count;
        }
    }
}
