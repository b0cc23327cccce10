package conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Each opens sessions of a user and revokes them, one after the other, also while there is no hub. Once all of a user's
 * are revoked it goes on with another user, as the last revocation of all takes the place of those before it. They
 * write down what they have asked for, and what was acknowledged. Each revocation has a reason of its own, and is asked
 * for once.
 */
final class TirelessRevokers {

    private static final int REVOKERS = 4;
    private static final int ALL_EVERY = 10;
    private static final String ALL = "all-";
    private static final long PAUSE_MILLIS = 20;

    private final HubApi api;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final Map<String, List<String>> asked = new ConcurrentHashMap<>();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final List<Future<?>> running = new ArrayList<>();

    TirelessRevokers(int port) {
        this.api = new HubApi(port);
    }

    void start(ExecutorService threads) {
        for (int i = 0; i < REVOKERS; i++) {
            running.add(threads.submit(() -> {
                while (stopped.getCount() > 0) {
                    revokeThoseOfAUser();
                }
                return null;
            }));
        }
    }

    private void revokeThoseOfAUser() throws Exception {
        String user = UUID.randomUUID().toString();
        List<String> reasons = new ArrayList<>();
        asked.put(user, reasons);
        while (stopped.getCount() > 0
                && (reasons.isEmpty() || !reasons.getLast().startsWith(ALL))) {
            try {
                revokeOne(user, reasons);
            } catch (IOException e) {
                unanswered.incrementAndGet(); // nobody listens, or nobody does any more
                boolean _ = stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void revokeOne(String user, List<String> reasons) throws Exception {
        String body = "{\"user_id\":\"" + user + "\"}";
        HubApi.Answer opened = api.call("POST", "/api/v1/sessions", body);
        expect(201, opened);
        String session = opened.json().path("device_session_id").asString();
        int number = numbers.incrementAndGet();
        if (number % ALL_EVERY == 0) {
            revoke(200, "/api/v1/users/" + user + "/sessions", ALL + number, reasons);
        } else {
            revoke(204, "/api/v1/sessions/" + session, session, reasons);
        }
    }

    private void revoke(int expected, String path, String reason, List<String> reasons) throws Exception {
        reasons.add(reason);
        expect(expected, api.call("DELETE", path + "?reason=" + reason, ""));
        acknowledged.add(reason);
    }

    private static void expect(int status, HubApi.Answer answer) {
        if (answer.status() != status) {
            throw new AssertionError("answered " + answer);
        }
    }

    /** Has them end, each with what it is at. */
    void finish() throws Exception {
        stopped.countDown();
        for (Future<?> revoker : running) {
            revoker.get(30, TimeUnit.SECONDS);
        }
        api.close();
    }

    /** Once they have ended: by user, the reasons of what was asked for, in that order. */
    Map<String, List<String>> asked() {
        return asked;
    }

    /** The reasons of what was acknowledged. */
    Set<String> acknowledged() {
        return acknowledged;
    }

    /** How many calls got no answer. */
    int unanswered() {
        return unanswered.get();
    }
}
