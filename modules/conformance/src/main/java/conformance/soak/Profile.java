package conformance.soak;

import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.Interest;
import push.protocol.v1.StalePolicy;

/**
 * Subscribers of one sort.
 *
 * @param count how many there are of them
 * @param notices whether they want notices; else they are v1, and know neither interests nor policies
 * @param cut whether their connections break
 * @param slow whether they read slowly for a while, now and then
 */
record Profile(
        String name, int count, boolean notices, Interest interest, StalePolicy onStale, boolean cut, boolean slow) {

    /** Subscribers of v1 on good connections. */
    static Profile v1(String name, int count) {
        return new Profile(
                name, count, false, Interest.getDefaultInstance(), StalePolicy.STALE_POLICY_UNSPECIFIED, false, false);
    }

    Profile withNotices(StalePolicy policy) {
        return new Profile(name, count, true, interest, policy, cut, slow);
    }

    Profile withInterest(Interest.Builder other) {
        return new Profile(name, count, notices, other.build(), onStale, cut, slow);
    }

    Profile onBadConnections() {
        return new Profile(name, count, notices, interest, onStale, true, slow);
    }

    Profile readingSlowly() {
        return new Profile(name, count, notices, interest, onStale, cut, true);
    }

    /** Whether nothing is done to them that could make them lose anything. */
    boolean steady() {
        return !cut && !slow;
    }

    /** Whether they are steady, and get every event. */
    boolean steadyAndTakesAll() {
        return steady() && new Filter(interest).takesAll();
    }

    GatewaySubscribeRequest request(String id, String cursor) {
        GatewaySubscribeRequest.Builder request =
                GatewaySubscribeRequest.newBuilder().setGatewayClientId(id).setCursor(cursor);
        if (notices) {
            request.setWantNotices(true).setOnStale(onStale).setInterest(interest);
        }
        return request.build();
    }
}
