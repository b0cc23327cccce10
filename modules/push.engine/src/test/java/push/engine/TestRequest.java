package push.engine;

import java.util.Set;
import java.util.UUID;
import push.engine.SubscriptionRequest.Start;

/** Builds requests for tests. */
record TestRequest(SubscriptionRequest asked) {

    static TestRequest of(String id) {
        return new TestRequest(SubscriptionRequest.of(id, ""));
    }

    TestRequest from(String cursor) {
        return with(cursor, asked.start(), asked.onStale(), asked.interest(), asked.wantNotices());
    }

    TestRequest earliest() {
        return with(asked.cursor(), Start.EARLIEST, asked.onStale(), asked.interest(), asked.wantNotices());
    }

    TestRequest onStale(StalePolicy policy) {
        return with(asked.cursor(), asked.start(), policy, asked.interest(), asked.wantNotices());
    }

    TestRequest only(Interest interest) {
        return with(asked.cursor(), asked.start(), asked.onStale(), interest, asked.wantNotices());
    }

    TestRequest onlyUser(UUID user) {
        return only(new Interest(Set.of(user), Set.of(), 0, 0));
    }

    TestRequest withNotices() {
        return with(asked.cursor(), asked.start(), asked.onStale(), asked.interest(), true);
    }

    private TestRequest with(String cursor, Start start, StalePolicy onStale, Interest interest, boolean notices) {
        return new TestRequest(new SubscriptionRequest(
                asked.gatewayClientId(), asked.peer(), cursor, start, onStale, interest, notices));
    }
}
