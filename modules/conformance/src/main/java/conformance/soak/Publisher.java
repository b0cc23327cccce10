package conformance.soak;

import static conformance.soak.Population.KINDS;
import static conformance.soak.Population.USERS;

import com.google.protobuf.ByteString;
import conformance.HubApi;
import conformance.soak.Published.ClientEvent;
import conformance.soak.Published.Revocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Publishes over HTTP, one call after the other, and records the responses. */
final class Publisher {

    private static final int MAX_FILLER = 200;
    private static final int REVOCATION_ONE_IN = 20;
    private static final int OF_ALL_SESSIONS_ONE_IN = 8;

    private final String name;
    private final HubApi api;
    private final Epoch epoch;
    private final Progress progress;
    private final List<String> revoked;
    private final RandomGenerator random;
    private final List<ClientEvent> clientEvents = new ArrayList<>();
    private final List<Revocation> revocations = new ArrayList<>();
    private int count;

    /**
     * @param revoked the users whose sessions this publisher revokes; no other publisher does, so that their order is
     *     known
     */
    Publisher(String name, HubApi api, Epoch epoch, Progress progress, List<String> revoked, RandomGenerator random) {
        this.name = name;
        this.api = api;
        this.epoch = epoch;
        this.progress = progress;
        this.revoked = revoked;
        this.random = random;
    }

    /** Publishes a client event, or sometimes a revocation. */
    void publishSomething() throws Exception {
        if (random.nextInt(REVOCATION_ONE_IN) == 0) {
            revokeSomething();
        } else {
            publish(pick(USERS), pick(KINDS));
        }
    }

    ClientEvent publish(String user, String kind) throws Exception {
        String id = nextId();
        String session = random.nextBoolean() ? "" : new UUID(random.nextLong(), random.nextLong()).toString();
        String payload = "{\"filler\":\"" + "x".repeat(random.nextInt(MAX_FILLER)) + "\"}";
        String body = """
                {"user_id":"%s","device_session_id":"%s","kind":"%s","event_id":"%s","payload":%s}\
                """.formatted(user, session, kind, id, payload);
        String cursor = expect(202, callRepeatably("POST", "/api/v1/notifications", body, "Idempotency-Key", id))
                .json()
                .path("cursor")
                .asString();
        long sequence = epoch.sequence(cursor);
        if (sequence == Note.NONE) {
            throw new AssertionError("a publisher was answered the cursor \"" + cursor + "\"");
        }
        progress.reached(sequence);
        ClientEvent event = new ClientEvent(
                sequence,
                user,
                kind,
                Fingerprint.of(push.protocol.v1.ClientEvent.newBuilder()
                        .setUserId(user)
                        .setDeviceSessionId(session)
                        .setKind(kind)
                        .setPayload(ByteString.copyFromUtf8(payload))
                        .setEventId(id)
                        .build()));
        clientEvents.add(event);
        return event;
    }

    private void revokeSomething() throws Exception {
        String user = pick(revoked);
        String body = "{\"user_id\":\"%s\",\"device\":\"phone\"}".formatted(user);
        String session = expect(201, callRepeatably("POST", "/api/v1/sessions", body))
                .json()
                .path("device_session_id")
                .asString();
        String reason = nextId();
        if (random.nextInt(OF_ALL_SESSIONS_ONE_IN) == 0) {
            expect(200, api.call("DELETE", "/api/v1/users/" + user + "/sessions?reason=" + reason, ""));
            session = "";
        } else {
            expect(204, callRepeatably("DELETE", "/api/v1/sessions/" + session + "?reason=" + reason, ""));
        }
        revocations.add(new Revocation(user, session, Fingerprint.of(user, session, reason)));
    }

    /** Makes an idempotent call, and repeats it once if the connection is lost before the response. */
    private HubApi.Answer callRepeatably(String method, String path, String body, String... headers) throws Exception {
        try {
            return api.call(method, path, body, headers);
        } catch (IOException e) {
            return api.call(method, path, body, headers);
        }
    }

    private String nextId() {
        count++;
        return name + "-" + count;
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }

    private static HubApi.Answer expect(int status, HubApi.Answer answer) {
        if (answer.status() != status) {
            throw new AssertionError("expected " + status + ", but was answered " + answer);
        }
        return answer;
    }

    List<ClientEvent> clientEvents() {
        return clientEvents;
    }

    List<Revocation> revocations() {
        return revocations;
    }
}
