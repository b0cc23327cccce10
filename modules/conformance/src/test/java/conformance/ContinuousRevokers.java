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
 * Clients that open and revoke sessions of a user one after the other, even while there is no hub. A client that has
 * revoked all sessions of a user continues with another user, because that revocation supersedes the earlier ones. The
 * clients record which revocations they requested, and which were acknowledged. Each revocation has its own reason, and
 * is requested once.
 */
final class ContinuousRevokers {

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

    ContinuousRevokers(int port) {
        this.api = new HubApi(port);
    }

    void start(ExecutorService threads) {
        for (int i = 0; i < REVOKERS; i++) {
            running.add(threads.submit(() -> {
                while (stopped.getCount() > 0) {
                    revokeSessionsOfAUser();
                }
                return null;
            }));
        }
    }

    private void revokeSessionsOfAUser() throws Exception {
        String user = UUID.randomUUID().toString();
        List<String> reasons = new ArrayList<>();
        asked.put(user, reasons);
        while (stopped.getCount() > 0
                && (reasons.isEmpty() || !reasons.getLast().startsWith(ALL))) {
            try {
                revokeOne(user, reasons);
            } catch (IOException e) {
                unanswered.incrementAndGet(); // no hub is listening, or the hub has just ended
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

    /** Stops the clients after their current calls. */
    void finish() throws Exception {
        stopped.countDown();
        for (Future<?> revoker : running) {
            revoker.get(30, TimeUnit.SECONDS);
        }
        api.close();
    }

    /** The reasons of the requested revocations by user, in order. Call it after {@link #finish}. */
    Map<String, List<String>> asked() {
        return asked;
    }

    /** The reasons of the acknowledged revocations. */
    Set<String> acknowledged() {
        return acknowledged;
    }

    /** The number of calls without a response. */
    int unanswered() {
        return unanswered.get();
    }
}
