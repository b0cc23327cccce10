package conformance.soak;

import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.Interest;
import push.protocol.v1.StalePolicy;

/**
 * A group of subscribers with the same properties.
 *
 * @param count the number of subscribers
 * @param notices whether they want notices; if not, they are v1 subscribers, without interests and policies
 * @param cut whether their connections are cut
 * @param slow whether they sometimes read slowly for a while
 */
record Profile(
        String name, int count, boolean notices, Interest interest, StalePolicy onStale, boolean cut, boolean slow) {

    /** v1 subscribers on good connections. */
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

    /** Whether the soak does nothing to them that could make them lose events. */
    boolean steady() {
        return !cut && !slow;
    }

    /** Whether they are steady and their interest matches every event. */
    boolean steadyAndMatchesAll() {
        return steady() && new Filter(interest).matchesAll();
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
