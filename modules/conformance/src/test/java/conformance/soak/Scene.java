package conformance.soak;

import conformance.soak.Published.ClientEvent;
import conformance.soak.Published.Revocation;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import push.protocol.v1.Opened.Resume;

/**
 * A small run, written by hand. Ten events were published: 4 and 8 are the invalidations of Ann's and Bob's sessions.
 * The other odd ones are Ann's mail, the other even ones Bob's chat.
 */
final class Scene {

    static final String ANN = Population.USERS.get(0);
    static final String BOB = Population.USERS.get(1);
    static final int HEAD = 10;
    static final Samples SAMPLES = new Samples(1, 1, List.of(), Map.of());

    private final List<ClientEvent> clientEvents = new ArrayList<>();
    private final List<Revocation> revocations = new ArrayList<>();
    private final List<Seen> seen = new ArrayList<>();
    private Phase phase = Phase.SHORT_LOG;
    private Samples samples = SAMPLES;

    Scene() {
        for (int sequence = 1; sequence <= HEAD; sequence++) {
            if (isInvalidation(sequence)) {
                revocations.add(new Revocation(sequence == 4 ? ANN : BOB, "session", fingerprint(sequence)));
            } else {
                boolean odd = sequence % 2 == 1;
                clientEvents.add(
                        new ClientEvent(sequence, odd ? ANN : BOB, odd ? "mail" : "chat", fingerprint(sequence)));
            }
        }
    }

    static boolean isInvalidation(int sequence) {
        return sequence == 4 || sequence == 8;
    }

    static int fingerprint(int sequence) {
        return -1_000 - sequence;
    }

    Scene at(Phase other) {
        phase = other;
        return this;
    }

    Scene with(Samples other) {
        samples = other;
        return this;
    }

    /** Adds a revocation of Ann's session that was requested before the one of the scene. */
    Scene earlierRevocationOfAnn(int fingerprint) {
        revocations.addFirst(new Revocation(ANN, "session", fingerprint));
        return this;
    }

    /** Adds a subscriber, and returns its script. */
    Script subscriber(Profile profile) {
        Script script = new Script();
        seen.add(new Seen(profile.name() + "-" + seen.size(), profile, script.transcript));
        return script;
    }

    Run run() {
        return new Run(42, phase, Duration.ofSeconds(1), new Published(HEAD, clientEvents, revocations), seen, samples);
    }

    /** The breaches of the promise in this run. */
    List<String> breachesOf(Promise promise) {
        Findings findings = new Findings();
        promise.check(run(), findings);
        return findings.first();
    }

    /** The transcript of a subscriber, in order. */
    static final class Script {

        private final Transcript transcript = new Transcript();

        Script note(Note note) {
            transcript.note(note);
            return this;
        }

        Script connected(int cursor) {
            return note(new Note.Connected(cursor));
        }

        Script cut() {
            return note(new Note.Ended(Status.UNAVAILABLE));
        }

        Script opened(int cursor, Resume resume) {
            return note(new Note.Opened(cursor, resume));
        }

        /** The subscriber reconnects with that cursor, and gets Opened with RESUMED. */
        Script resumed(int cursor) {
            return connected(cursor).opened(cursor, Resume.RESUMED);
        }

        Script heartbeat(int cursor) {
            return note(new Note.Heartbeat(cursor));
        }

        /** A gap as the hub sends it: the cursor to resume from is the start of the gap. */
        Script gap(int from, int to, int missed) {
            return note(new Note.Gap(from, from, to, missed, false));
        }

        Script gapWithInvalidations(int from, int to, int missed) {
            return note(new Note.Gap(from, from, to, missed, true));
        }

        /** The subscriber receives these events as they were published. */
        Script got(int... sequences) {
            for (int sequence : sequences) {
                if (isInvalidation(sequence)) {
                    transcript.invalidation(sequence, fingerprint(sequence));
                } else {
                    transcript.clientEvent(sequence, fingerprint(sequence));
                }
            }
            return this;
        }

        /** A client event whose content differs from the published one. */
        Script gotForged(int sequence) {
            transcript.clientEvent(sequence, 1);
            return this;
        }

        Script gotInvalidation(int sequence, int fingerprint) {
            transcript.invalidation(sequence, fingerprint);
            return this;
        }
    }
}
