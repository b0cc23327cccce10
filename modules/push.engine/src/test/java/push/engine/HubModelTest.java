package push.engine;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import push.engine.NaiveHub.Limits;
import push.engine.Step.Cursors;

/**
 * Compares the hub with a naive hub over a thousand random programs of 150 steps on average, on a log that does
 * everything that the contract of logs permits. A failure prints its seed, and the shortest program that still fails.
 */
class HubModelTest {

    private static final int GATEWAYS = 4;

    @Property
    void readersGetTheSameAsFromTheNaiveHub(@ForAll("limits") Limits limits, @ForAll("programs") List<Step> program) {
        try (HubProgram hubs = new HubProgram(limits)) {
            program.forEach(hubs::run);
        }
    }

    @Provide
    Arbitrary<Limits> limits() {
        return Combinators.combine(
                        number(1, 12), seconds(5, 25), number(1, 5), seconds(10, 70), Arbitraries.of(0, 0, 2, 5))
                .as((events, window, invalidations, retention, buffer) ->
                        new Limits(events, window, invalidations, retention, buffer, SECONDS.toNanos(4)));
    }

    private static Arbitrary<Integer> number(int min, int max) {
        return Arbitraries.integers().between(min, max).withDistribution(RandomDistribution.uniform());
    }

    private static Arbitrary<Long> seconds(int min, int max) {
        return number(min, max).map(SECONDS::toNanos);
    }

    @Provide
    Arbitrary<List<Step>> programs() {
        return Arbitraries.<Step>frequencyOf(
                        often(5, publish()),
                        often(3, invalidate()),
                        often(3, subscribe()),
                        often(6, Combinators.combine(gateway(), number(1, 4)).as(Step.Read::new)),
                        often(3, park()),
                        often(1, gateway().map(Step.Disconnect::new)),
                        often(1, pause()),
                        often(2, Arbitraries.just(new Step.Maintain())),
                        often(1, publishElsewhere()),
                        often(1, Combinators.combine(number(0, 2), anything()).as(Step.Retry::new)),
                        often(1, Combinators.combine(number(1, 3), anything()).as(Step.Lose::new)),
                        Tuple.of(3, newLife()),
                        Tuple.of(3, number(1, 5).map(Step.FallBehind::new)),
                        Tuple.of(2, Arbitraries.just(new Step.Away(true))),
                        Tuple.of(4, Arbitraries.just(new Step.Away(false))),
                        Tuple.of(1, number(0, 9).map(Step.Restart::new)))
                .list()
                .ofMaxSize(300)
                .withSizeDistribution(RandomDistribution.uniform());
    }

    /** The frequency of a step, relative to a restart, which is rare. */
    private static Tuple2<Integer, Arbitrary<? extends Step>> often(int times, Arbitrary<? extends Step> step) {
        return Tuple.of(times * 5, step);
    }

    private static Arbitrary<Integer> gateway() {
        return number(0, GATEWAYS - 1);
    }

    private static Arbitrary<Step.Publish> publish() {
        return Combinators.combine(number(0, 2), Arbitraries.of(ProgramEvents.KINDS))
                .as(Step.Publish::new);
    }

    private static Arbitrary<Step.Invalidate> invalidate() {
        return Combinators.combine(number(0, 2), number(0, 2)).as(Step.Invalidate::new);
    }

    private static Arbitrary<Boolean> anything() {
        return Arbitraries.of(true, false);
    }

    private static Arbitrary<Step.PublishElsewhere> publishElsewhere() {
        return Combinators.combine(
                        number(0, 2), Arbitraries.of(ProgramEvents.KINDS).injectNull(0.3), number(0, 8))
                .as(Step.PublishElsewhere::new);
    }

    private static Arbitrary<Step.NewLife> newLife() {
        return Combinators.combine(
                        number(0, 9),
                        anything(),
                        number(0, 4).list().uniqueElements().ofMaxSize(3))
                .as(Step.NewLife::new);
    }

    private static Arbitrary<Step.Pause> pause() {
        return number(0, 7).map(Step.Pause::new);
    }

    private static Arbitrary<Step.Park> park() {
        Arbitrary<List<Step>> meanwhile = Arbitraries.<Step>oneOf(
                        publish(), publish(), invalidate(), pause(), Arbitraries.just(new Step.Maintain()))
                .list()
                .ofMaxSize(6);
        return Combinators.combine(gateway(), number(1, 4), number(0, 4), Arbitraries.of(true, false), meanwhile)
                .as(Step.Park::new);
    }

    private static Arbitrary<Step.Subscribe> subscribe() {
        return Combinators.combine(
                        gateway(),
                        Arbitraries.of(Cursors.class),
                        number(0, 20),
                        Arbitraries.of(true, false, false, false, false),
                        Arbitraries.of(StalePolicy.class),
                        interest())
                .as(Step.Subscribe::new);
    }

    private static Arbitrary<Interest> interest() {
        return Arbitraries.oneOf(
                Arbitraries.just(Interest.ALL),
                Arbitraries.just(Interest.ALL),
                Arbitraries.of(ProgramEvents.USERS).map(user -> new Interest(Set.of(user), Set.of(), 0, 0)),
                Arbitraries.of(ProgramEvents.KINDS).map(kind -> new Interest(Set.of(), Set.of(kind), 0, 0)),
                number(0, 1).map(shard -> new Interest(Set.of(), Set.of(), shard, 2)));
    }
}
