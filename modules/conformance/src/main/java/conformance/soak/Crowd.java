package conformance.soak;

import conformance.HubProcess;
import conformance.soak.Published.ClientEvent;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import testing.Fault;
import testing.FaultSchedule;
import testing.UnreliableProxy;

/** All subscribers of a soak, with their good and bad connections. */
final class Crowd implements AutoCloseable {

    private static final long TICK_NANOS = 20_000_000;

    /**
     * The initial window of HTTP/2. It is small, so that a slow reader affects the hub and is not hidden by a buffer in
     * between.
     */
    private static final int SLOW_WINDOW = 65_535;

    private final List<Subscriber> subscribers = new ArrayList<>();
    private final List<UnreliableProxy> proxies = new ArrayList<>();
    private final Thread ticker = Thread.ofVirtual().unstarted(this::tick);
    private volatile boolean calm;
    private volatile boolean over;

    Crowd(HubProcess hub, List<Profile> profiles, Progress progress, SplittableRandom random) throws IOException {
        Epoch epoch = new Epoch(hub.epoch());
        for (Profile profile : profiles) {
            for (int i = 0; i < profile.count(); i++) {
                ManagedChannel channel = channel(profile, port(hub, profile, random.split()));
                String id = profile.name() + "-" + i;
                subscribers.add(new Subscriber(id, profile, channel, epoch, progress, random.split()));
            }
        }
    }

    private int port(HubProcess hub, Profile profile, SplittableRandom random) throws IOException {
        if (!profile.cut()) {
            return hub.port();
        }
        UnreliableProxy proxy = new UnreliableProxy(hub.port(), new FaultSchedule(random));
        proxies.add(proxy);
        return proxy.port();
    }

    private static ManagedChannel channel(Profile profile, int port) {
        NettyChannelBuilder builder =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().directExecutor();
        if (profile.slow()) {
            builder.flowControlWindow(SLOW_WINDOW);
        }
        return builder.build();
    }

    /** Subscribes all of them. They run until {@link #end}. */
    void start() {
        subscribers.forEach(Subscriber::connect);
        ticker.start();
    }

    private void tick() {
        while (!over) {
            long now = System.nanoTime();
            subscribers.forEach(subscriber -> subscriber.tick(now, calm));
            LockSupport.parkNanos(TICK_NANOS);
        }
    }

    /** Ends all faults: from now on, no subscriber is slow or stays disconnected. */
    void calm() {
        calm = true;
        proxies.forEach(UnreliableProxy::calm);
    }

    /** The lowest sequence that any steady subscriber has reached. */
    long slowestSteady() {
        return subscribers.stream()
                .filter(subscriber -> subscriber.profile().steadyAndMatchesAll())
                .mapToLong(Subscriber::sequence)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** The subscribers that have not yet reached the last of these events within their interest. */
    List<Subscriber> behind(List<ClientEvent> events) {
        return subscribers.stream()
                .filter(subscriber -> subscriber.sequence() < last(events, subscriber.profile()))
                .toList();
    }

    private static long last(List<ClientEvent> events, Profile profile) {
        Filter filter = new Filter(profile.interest());
        return events.stream()
                .filter(event -> filter.matchesClientEvent(event.user(), event.kind()))
                .mapToLong(ClientEvent::sequence)
                .max()
                .orElseThrow();
    }

    /** The number of faults of each kind. */
    Map<Fault.Kind, Long> faults() {
        Map<Fault.Kind, Long> counts = new EnumMap<>(Fault.Kind.class);
        for (Fault.Kind kind : Fault.Kind.values()) {
            counts.put(
                    kind, proxies.stream().mapToLong(proxy -> proxy.count(kind)).sum());
        }
        return counts;
    }

    /** Ends all streams, which completes their transcripts. Idempotent. */
    void end() throws InterruptedException, IOException {
        if (over) {
            return;
        }
        over = true;
        ticker.join();
        for (Subscriber subscriber : subscribers) {
            subscriber.close();
        }
        for (UnreliableProxy proxy : proxies) {
            proxy.close();
        }
    }

    /** The transcript of each subscriber. Call it only after {@link #end}. */
    List<Seen> seen() {
        return subscribers.stream().map(Subscriber::seen).toList();
    }

    @Override
    public void close() throws IOException {
        try {
            end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
