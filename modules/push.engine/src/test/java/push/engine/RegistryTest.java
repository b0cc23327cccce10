package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.sameInstance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import push.engine.Registry.Takeover;

class RegistryTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final int MOST = 20;

    private final TestHub hub = TestHub.roomy();
    private final Registry registry = new Registry(1);
    private int fights;

    @AfterEach
    void close() {
        hub.close();
    }

    private Subscription subscription(String id) throws SubscriptionRefused {
        Subscription subscription = hub.subscribe(TestRequest.of(id));
        hub.hub.end(subscription, End.CANCELLED); // leaves the registry of the hub
        return subscription;
    }

    private boolean mayTakeOver(long now) {
        Takeover takeover = registry.takeover("a", now);
        if (takeover == Takeover.REFUSED_FIRST) {
            fights++;
        }
        return takeover == Takeover.ALLOWED;
    }

    private List<Subscription> each() {
        List<Subscription> each = new ArrayList<>();
        registry.stream().forEach(each::add);
        return each;
    }

    @Test
    void eachIdHasOneSubscription() throws Exception {
        Subscription a = subscription("a");
        Subscription b = subscription("b");
        assertThat(registry.contains("a"), is(false));
        assertThat(registry.put(a, 0), is(nullValue()));
        assertThat(registry.put(b, 0), is(nullValue()));
        assertThat(registry.contains("a") && registry.contains("b"), is(true));
        assertThat(registry.size(), is(2));
        assertThat(each(), containsInAnyOrder(a, b));
        assertThat(registry.stream().toList(), containsInAnyOrder(a, b));

        Subscription newer = subscription("a");
        assertThat(registry.put(newer, 0), is(sameInstance(a)));
        assertThat(registry.size(), is(2));
        assertThat(each(), containsInAnyOrder(newer, b));
    }

    @Test
    void aLateCleanUpDoesNotRemoveTheNewerOne() throws Exception {
        Subscription older = subscription("a");
        Subscription newer = subscription("a");
        registry.put(older, 0);
        registry.put(newer, 0);
        registry.remove(older);
        assertThat(each(), is(List.of(newer)));
        registry.remove(newer);
        assertThat(registry.contains("a"), is(false));
        assertThat(each(), is(List.of()));
        registry.remove(newer);
        assertThat(registry.size(), is(0));
    }

    @Test
    void eachSubscriptionIsInOnePartitionUntilItIsRemoved() throws Exception {
        Registry shared = new Registry(3);
        assertThat(shared.partitions(), is(3));
        List<Subscription> all = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            all.add(subscription("g" + i));
            shared.put(all.getLast(), 0);
        }
        assertThat(inPartitions(shared), containsInAnyOrder(all.toArray()));
        for (int partition = 0; partition < 3; partition++) {
            List<Subscription> each = new ArrayList<>();
            shared.forEachIn(partition, each::add);
            assertThat(each.size(), is(both(greaterThan(5)).and(lessThan(15))));
        }
        Subscription newer = subscription("g0");
        shared.put(newer, 0);
        assertThat("the older one has not noticed its end yet", inPartitions(shared), hasItems(all.getFirst(), newer));
        shared.remove(all.getFirst());
        all.set(0, newer);
        assertThat(inPartitions(shared), containsInAnyOrder(all.toArray()));
        all.forEach(shared::remove);
        assertThat(inPartitions(shared), is(List.of()));
    }

    private static List<Subscription> inPartitions(Registry registry) {
        List<Subscription> each = new ArrayList<>();
        IntStream.range(0, registry.partitions()).forEach(partition -> registry.forEachIn(partition, each::add));
        return each;
    }

    @Test
    void anUnusedIdMayBeTakenAnyNumberOfTimes() {
        for (int i = 0; i < 3 * MOST; i++) {
            assertThat(mayTakeOver(0), is(true));
        }
        assertThat(fights, is(0));
    }

    @Test
    void anIdIsTakenOverAtMostTwentyTimesASecond() throws Exception {
        registry.put(subscription("a"), 0);
        for (int i = 0; i < MOST; i++) {
            takeOver(i);
        }
        assertThat(mayTakeOver(MOST), is(false));
        assertThat(mayTakeOver(SECOND - 1), is(false));
        assertThat(registry.takeover("b", MOST), is(Takeover.ALLOWED));
        // A second after each allowed replacement, another one is allowed.
        for (int i = 0; i < MOST; i++) {
            takeOver(SECOND + i);
            assertThat(mayTakeOver(SECOND + i), is(false));
        }
    }

    @Test
    void aFightIsReportedOnceUntilAQuietMinute() throws Exception {
        registry.put(subscription("a"), 0);
        exhaust(0);
        assertThat(fights, is(0));
        assertThat(mayTakeOver(0), is(false));
        assertThat(fights, is(1));
        // One refusal each time, just before the minute is over, continues the same fight.
        long now = 0;
        for (int i = 0; i < 3; i++) {
            now += MINUTE - 1;
            exhaust(now);
            assertThat(mayTakeOver(now), is(false));
            assertThat(fights, is(1));
        }
        now += MINUTE;
        exhaust(now);
        assertThat(mayTakeOver(now), is(false));
        assertThat(fights, is(2));
        assertThat(mayTakeOver(now + 1), is(false));
        assertThat(fights, is(2));
    }

    private void exhaust(long now) throws SubscriptionRefused {
        for (int i = 0; i < MOST; i++) {
            takeOver(now);
        }
    }

    private void takeOver(long now) throws SubscriptionRefused {
        assertThat(mayTakeOver(now), is(true));
        registry.put(subscription("a"), now);
    }

    @Test
    void checkingDoesNotCountAsATakeover() throws Exception {
        registry.put(subscription("a"), 0);
        for (int i = 0; i < 3 * MOST; i++) {
            assertThat(mayTakeOver(0), is(true));
        }
        exhaust(0);
        assertThat(mayTakeOver(0), is(false));
    }

    @Test
    void aReleasedIdForgetsItsTakeovers() throws Exception {
        registry.put(subscription("a"), 0);
        exhaust(0);
        assertThat(mayTakeOver(0), is(false));
        each().forEach(registry::remove);
        registry.put(subscription("a"), 0);
        exhaust(0);
        assertThat(mayTakeOver(0), is(false));
        assertThat(fights, is(2));
    }
}
