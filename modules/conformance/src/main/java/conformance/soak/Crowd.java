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

/** All subscribers of a soak, with the connections that they have, good ones and bad ones. */
final class Crowd implements AutoCloseable {

    private static final long TICK_NANOS = 20_000_000;

    /** The smallest that HTTP/2 begins with: a slow reader is to be felt by the hub, not by a buffer on the way. */
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

    /** They all subscribe, and go on until the {@link #end}. */
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

    /** No more faults from now on, and nobody is slow or stays away. */
    void calm() {
        calm = true;
        proxies.forEach(UnreliableProxy::calm);
    }

    /** How far that subscriber has come who is the last of those to whom nothing is done. */
    long slowestSteady() {
        return subscribers.stream()
                .filter(subscriber -> subscriber.profile().steadyAndTakesAll())
                .mapToLong(Subscriber::sequence)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** Those that have not come as far as the last of these events that they take. */
    List<Subscriber> behind(List<ClientEvent> events) {
        return subscribers.stream()
                .filter(subscriber -> subscriber.sequence() < last(events, subscriber.profile()))
                .toList();
    }

    private static long last(List<ClientEvent> events, Profile profile) {
        Filter filter = new Filter(profile.interest());
        return events.stream()
                .filter(event -> filter.takesClientEvent(event.user(), event.kind()))
                .mapToLong(ClientEvent::sequence)
                .max()
                .orElseThrow();
    }

    /** How often each fault has happened. */
    Map<Fault.Kind, Long> faults() {
        Map<Fault.Kind, Long> counts = new EnumMap<>(Fault.Kind.class);
        for (Fault.Kind kind : Fault.Kind.values()) {
            counts.put(
                    kind, proxies.stream().mapToLong(proxy -> proxy.count(kind)).sum());
        }
        return counts;
    }

    /** Ends all streams; what was seen on them is complete then. Again does nothing. */
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

    /** What each one saw; to be asked for after the {@link #end}. */
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
