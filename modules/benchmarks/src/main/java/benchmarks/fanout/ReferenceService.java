package benchmarks.fanout;

import static java.lang.System.Logger.Level.INFO;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import push.protocol.v1.ClientEvent;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.PushEvent;
import push.protocol.v1.PushGrpc;

/**
 * One lock for everything, a ring of the last events, and a bounded queue for each subscriber, which drops the events
 * that do not fit.
 */
final class ReferenceService extends PushGrpc.PushImplBase {

    private static final System.Logger LOG = System.getLogger(ReferenceService.class.getName());

    private static final int RING_CAPACITY = 1024;

    /** The smallest room that is worth publishing for. */
    private static final int WORTHWHILE = ReferenceSubscriber.QUEUE / 4;

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ReferenceSubscriber> subscribers = new HashMap<>();
    private final ArrayDeque<PushEvent> ring = new ArrayDeque<>(RING_CAPACITY);
    private long last;

    @Override
    public void subscribePush(GatewaySubscribeRequest request, StreamObserver<PushEvent> stream) {
        ReferenceSubscriber subscriber =
                new ReferenceSubscriber((ServerCallStreamObserver<PushEvent>) stream, this::unregister);
        ReferenceSubscriber replaced;
        List<PushEvent> replay;
        lock.lock();
        try {
            replaced = subscribers.put(request.getGatewayClientId(), subscriber);
            replay = since(request.getCursor());
        } finally {
            lock.unlock();
        }
        if (replaced != null) {
            replaced.end(Status.ABORTED.withDescription("replaced"));
        }
        if (!replay.isEmpty()) {
            LOG.log(
                    INFO,
                    "push subscribe replay; gateway_client_id={0} cursor={1} events={2}",
                    request.getGatewayClientId(),
                    request.getCursor(),
                    replay.size());
        }
        subscriber.start(request.getGatewayClientId(), replay);
    }

    private List<PushEvent> since(String cursor) {
        if (cursor.isEmpty()) {
            return List.of();
        }
        long after = Long.parseLong(cursor);
        return ring.stream().skip(Math.max(0, ring.size() - (last - after))).toList();
    }

    private void unregister(String id, ReferenceSubscriber subscriber) {
        lock.lock();
        try {
            subscribers.remove(id, subscriber);
        } finally {
            lock.unlock();
        }
    }

    void publish(ClientEvent event) {
        lock.lock();
        try {
            PushEvent stamped = PushEvent.newBuilder()
                    .setCursor(Long.toString(++last))
                    .setClientEvent(event)
                    .build();
            if (ring.size() == RING_CAPACITY) {
                ring.removeFirst();
            }
            ring.addLast(stamped);
            for (ReferenceSubscriber subscriber : subscribers.values()) {
                subscriber.deliver(stamped);
            }
        } finally {
            lock.unlock();
        }
    }

    int subscribers() {
        lock.lock();
        try {
            return subscribers.size();
        } finally {
            lock.unlock();
        }
    }

    int room() {
        lock.lock();
        try {
            int room = subscribers.values().stream()
                    .mapToInt(ReferenceSubscriber::room)
                    .min()
                    .orElse(0);
            return room < WORTHWHILE ? 0 : room;
        } finally {
            lock.unlock();
        }
    }
}
