package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.api.ClientEvent;
import push.api.Outcome.NotPublished;
import push.api.Payload;
import push.engine.HubObserver.Kind;

class EventTracerTest {

    /** Records all calls, and gives every step its own context. */
    private static final class Recorder implements EventTracer {

        final List<String> calls = new ArrayList<>();

        @Override
        public Step publishing(Kind kind, String eventId, String traceparent) {
            calls.add("publish " + kind + " " + eventId + " in " + traceparent);
            return step("publishing");
        }

        @Override
        public Step appending(String traceparent) {
            calls.add("append in " + traceparent);
            return step("appending");
        }

        private Step step(String name) {
            return new Step() {
                @Override
                public String traceparent() {
                    return name;
                }

                @Override
                public void taken(String cursor) {
                    calls.add(name + " took " + cursor);
                }

                @Override
                public void close() {
                    calls.add(name + " ends");
                }
            };
        }
    }

    private final Recorder tracer = new Recorder();
    private final Hub hub = Hub.builder(HubConfig.defaults())
            .runtime(new FakeRuntime())
            .trace(tracer)
            .open();

    @AfterEach
    void close() {
        hub.close();
    }

    private static ClientEvent event(String traceparent) {
        return new ClientEvent(TestEvents.USER, null, "k", Payload.of(Map.of()), "id", "", "", traceparent);
    }

    @Test
    void aClientEventIsTracedIntoTheLogAndKeepsThePublishersContext() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").asked());

        String cursor = TestEvents.cursorOf(hub.publisher().publish(event("request")));

        assertThat(
                tracer.calls,
                contains(
                        "publish CLIENT_EVENT id in request",
                        "append in publishing",
                        "appending took " + cursor,
                        "appending ends",
                        "publishing took " + cursor,
                        "publishing ends"));
        assertThat(((Entry) Drain.all(subscription).getFirst()).traceparent(), is("publishing"));
    }

    @Test
    void anInvalidationIsTracedToo() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g").asked());

        hub.publisher().invalidate(TestEvents.USER, null, "why", null, "id", "request", null);
        hub.publisher().invalidate(TestEvents.USER, null, "why", "id");

        assertThat(tracer.calls.getFirst(), is("publish SESSION_INVALIDATION id in request"));
        assertThat(tracer.calls.get(6), is("publish SESSION_INVALIDATION id in "));
        assertThat(((Entry) Drain.all(subscription).getFirst()).traceparent(), is("publishing"));
    }

    @Test
    void aRefusedPublicationEndsWithoutACursor() {
        hub.close();

        assertThat(hub.publisher().publish(event("request")), is(new NotPublished(NotPublished.Reason.CLOSED)));

        assertThat(tracer.calls, contains("publish CLIENT_EVENT id in request", "publishing ends"));
    }
}
