package conformance;

import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import push.protocol.v1.ClientEvent;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.GoAway;
import push.protocol.v1.Notice;
import push.protocol.v1.Opened;
import push.protocol.v1.PushEvent;
import push.protocol.v1.StalePolicy;
import testing.ForeignGateway;

/**
 * A gateway that follows GoAway: it ends its stream, waits for the requested time, and reconnects with its last cursor,
 * until it gets the last event. It records what it receives.
 */
final class ReturningGateway {

    private static final Duration BACKOFF = Duration.ofMillis(100);
    private static final int MOST_DOUBLINGS = 4;

    private final String id;
    private final int port;
    private final CountDownLatch givenUp;
    private final SplittableRandom random;
    private final Diary diary = new Diary();
    private String cursor = "";
    private boolean done;
    private int failures;

    /** @param givenUp ends all waits when the test is over */
    ReturningGateway(String id, int port, CountDownLatch givenUp, SplittableRandom random) {
        this.id = id;
        this.port = port;
        this.givenUp = givenUp;
        this.random = random;
    }

    /** How an opened stream ended. Without a GoAway the notice is the default instance. */
    record Farewell(GoAway goAway, Status status) {}

    /** How a stream began, and when, by {@link System#nanoTime}. */
    record Arrival(Opened.Resume resume, long nanos) {}

    /** The record of a gateway, with each event by its number. */
    static final class Diary {

        final BitSet received = new BitSet();
        final List<String> cursors = new ArrayList<>();
        final List<String> repeated = new ArrayList<>();
        final List<Arrival> arrivals = new ArrayList<>();
        final List<Farewell> farewells = new ArrayList<>();
        long missed;
        int vainAttempts;

        /** The cursor of an event; empty if the event was not received. */
        String cursor(int number) {
            return received.get(number) ? cursors.get(number) : "";
        }

        private void add(PushEvent event) {
            ClientEvent clientEvent = event.getClientEvent();
            int number = Integer.parseInt(clientEvent.getEventId());
            if (received.get(number)) {
                repeated.add(event.getCursor());
            }
            received.set(number);
            while (cursors.size() <= number) {
                cursors.add("");
            }
            cursors.set(number, event.getCursor());
        }
    }

    /** Follows the hub across restarts until the last event. */
    Diary follow() throws Exception {
        while (!done) {
            ManagedChannel channel = ForeignGateway.connect(port);
            Duration wait = stay(channel);
            boolean over = givenUp.await(wait.toNanos(), TimeUnit.NANOSECONDS);
            channel.shutdownNow(); // only now, because the hub must end the connection itself
            if (over && !done) {
                throw new AssertionError(id + " was still waiting for the last event");
            }
        }
        return diary;
    }

    /** Reads one stream to its end, and returns the time to wait before the next one. */
    private Duration stay(ManagedChannel channel) throws Exception {
        ForeignGateway stream = new ForeignGateway(channel, request()).readingAll();
        GoAway goAway = GoAway.getDefaultInstance();
        boolean opened = false;
        while (!done) {
            Optional<PushEvent> message = stream.nextOrEnd();
            if (message.isEmpty()) {
                return opened ? leave(new Farewell(goAway, stream.status())) : backOff();
            }
            PushEvent event = message.get();
            cursor = event.getCursor().isEmpty() ? cursor : event.getCursor();
            Notice notice = event.getNotice();
            if (notice.hasOpened()) {
                opened = true;
                diary.arrivals.add(new Arrival(notice.getOpened().getResume(), System.nanoTime()));
            } else if (notice.hasGap()) {
                diary.missed += notice.getGap().getMissed();
            } else if (notice.hasGoAway()) {
                goAway = notice.getGoAway();
            } else if (event.hasClientEvent()) {
                take(event);
            }
        }
        stream.cancel();
        return Duration.ZERO;
    }

    private void take(PushEvent event) {
        diary.add(event);
        done = event.getClientEvent().getKind().equals(ContinuousPublishers.LAST);
    }

    private Duration leave(Farewell farewell) {
        diary.farewells.add(farewell);
        failures = 0;
        var after = farewell.goAway().getRetryAfter();
        return farewell.goAway().hasRetryAfter() ? Duration.ofSeconds(after.getSeconds(), after.getNanos()) : backOff();
    }

    private Duration backOff() {
        diary.vainAttempts++;
        Duration most = BACKOFF.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
        failures++;
        return Duration.ofNanos(random.nextLong(most.toNanos()));
    }

    private GatewaySubscribeRequest request() {
        return GatewaySubscribeRequest.newBuilder()
                .setGatewayClientId(id)
                .setCursor(cursor)
                .setWantNotices(true)
                .setOnStale(StalePolicy.OLDEST_RETAINED)
                .build();
    }
}
