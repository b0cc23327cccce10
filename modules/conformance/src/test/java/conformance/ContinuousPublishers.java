package conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Publishers over HTTP that continue while there is no hub, and record the acknowledged events. Each event has its own
 * number, and is published once, whether that succeeds or not.
 */
final class ContinuousPublishers {

    /** The kind of the last event. */
    static final String LAST = "last";

    private static final String USER = UUID.randomUUID().toString();
    private static final int PUBLISHERS = 3;
    private static final long PACE_MILLIS = 20;

    private final HubApi api;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger failed = new AtomicInteger();
    private final Map<Integer, String> acknowledged = new ConcurrentHashMap<>();
    private final List<Future<?>> running = new ArrayList<>();

    ContinuousPublishers(int port) {
        this.api = new HubApi(port);
    }

    void start(ExecutorService threads) {
        for (int i = 0; i < PUBLISHERS; i++) {
            running.add(threads.submit(() -> {
                while (!stopped.await(PACE_MILLIS, TimeUnit.MILLISECONDS)) {
                    publish("load");
                }
                return null;
            }));
        }
    }

    /** Stops the publishers, and publishes the last event. */
    void finish() throws Exception {
        stopped.countDown();
        for (Future<?> publisher : running) {
            publisher.get(30, TimeUnit.SECONDS);
        }
        int before = acknowledged.size();
        publish(LAST);
        if (acknowledged.size() == before) {
            throw new AssertionError("the last event was not acknowledged");
        }
        api.close();
    }

    private void publish(String kind) throws Exception {
        int number = numbers.getAndIncrement();
        String body = "{\"user_id\":\"%s\",\"kind\":\"%s\",\"event_id\":\"%s\",\"payload\":{\"text\":\"hello\"}}"
                .formatted(USER, kind, number);
        HubApi.Answer answer;
        try {
            answer = api.call("POST", "/api/v1/notifications", body);
        } catch (IOException e) {
            failed.incrementAndGet(); // no hub is listening, or the hub has just ended
            return;
        }
        switch (answer.status()) {
            case 202 -> acknowledged.put(number, answer.json().path("cursor").asString());
            case 503 -> refused.incrementAndGet();
            default -> throw new AssertionError("a publisher was answered " + answer);
        }
    }

    /** The cursors of the acknowledged events, by event number, including the last event. */
    Map<Integer, String> acknowledged() {
        return acknowledged;
    }

    /** The number of requests that the hub refused because it was stopping. */
    int refused() {
        return refused.get();
    }

    /** The number of requests without a response. */
    int failed() {
        return failed.get();
    }
}
