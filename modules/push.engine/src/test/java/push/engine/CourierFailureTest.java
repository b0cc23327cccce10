package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A courier that throws. */
class CourierFailureTest {

    private static final Taken HANDED_BACK = new Taken.HandedBack();
    private static final Taken ENDED = new Taken.Ended();

    private final TestHub hub = new TestHub(3, 100);
    private final FakeRuntime time = hub.time;

    @AfterEach
    void close() {
        hub.close();
    }

    private static Taken take(Subscription subscription) throws InterruptedException {
        return subscription.take(new Delivery[2]);
    }

    private void step() {
        hub.step();
    }

    private void end(Subscription subscription) {
        hub.hub.end(subscription, End.CANCELLED);
    }

    @Test
    void aCourierThatFailsBeforeItPollsEndsTheSubscription() throws Exception {
        Subscription subscription = hub.subscribe(TestRequest.of("g"));
        subscription.registerCourier(() -> {
            throw new IllegalStateException("failed before the poll");
        });
        time.meanwhile(() -> {
            hub.publish(1);
            assertThrows(IllegalStateException.class, this::step);
        });
        assertThat(take(subscription), is(HANDED_BACK));
        assertThat(take(subscription), is(ENDED));
        assertThat(subscription.end(), is(Optional.of(End.FAILED)));
    }

    @Test
    void aCourierThatFailsEndsOnlyItsSubscription() throws Exception {
        Subscription failing = hub.subscribe(TestRequest.of("failing"));
        Subscription other = hub.subscribe(TestRequest.of("other"));
        TestCourier courier = new TestCourier(other);
        new TestCourier(failing).meanwhile(() -> {
            throw new IllegalStateException("failed after the poll");
        });
        List<Taken> taken = new ArrayList<>();
        time.meanwhile(() -> taken.add(takeWithin(other)));
        time.meanwhile(() -> {
            hub.publish(1);
            assertThrows(IllegalStateException.class, this::step);
            assertThat(failing.end(), is(Optional.of(End.FAILED)));
            step(); // the dispatcher continues
            assertThat(courier.delivered(), is(List.of("event 1")));
            end(other);
        });
        taken.add(take(failing));
        taken.add(take(failing));
        assertThat(taken, is(List.of(ENDED, HANDED_BACK, ENDED)));
        assertThat(other.end(), is(Optional.of(End.CANCELLED)));
    }

    private static Taken takeWithin(Subscription subscription) {
        try {
            return take(subscription);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Otherwise the reader would wait for the ownership forever. */
    @Test
    void aCourierThatFailsReturnsTheOwnershipEvenIfTheEndCannotBeReported() throws Exception {
        Subscription failing = hub.subscribe(TestRequest.of("g"));
        failing.whenEnded(() -> {
            throw new IllegalStateException("failed to report the end");
        });
        new TestCourier(failing).meanwhile(() -> {
            throw new IllegalArgumentException("no");
        });
        time.meanwhile(() -> {
            hub.publish(1);
            assertThrows(IllegalStateException.class, this::step);
        });
        assertThat(take(failing), is(HANDED_BACK));
        assertThat(take(failing), is(ENDED));
        assertThat(failing.end(), is(Optional.of(End.FAILED)));
    }
}
