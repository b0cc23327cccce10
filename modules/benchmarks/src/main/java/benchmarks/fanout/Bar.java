package benchmarks.fanout;

import benchmarks.Medians;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A goal for the hub, as a ratio to another server's figure in the same run.
 *
 * @param name what is compared
 * @param ratio the hub's figure divided by the other server's figure
 * @param limit the lowest or highest ratio that meets the goal
 * @param atLeast true if {@code limit} is the lowest ratio, false if it is the highest
 */
record Bar(String name, double ratio, double limit, boolean atLeast) {

    /** Returns all goals for which there are figures. */
    static List<Bar> of(Medians medians) {
        Bars bars = new Bars(medians);
        String flat = "flat." + Round.AUDIENCE + ".";
        bars.add("deliveries/s, N = 50", flat + "perSecond", Contender.REFERENCE_NETTY, 2.5, true);
        bars.add("deliveries/s, N = 50", flat + "perSecond", Contender.NATS, 1, true);
        bars.add(
                "server CPU, N = 50, full speed",
                flat + "cpuSecondsPerMillion",
                Contender.REFERENCE_NETTY,
                1 / 6.0,
                false);
        bars.add("server CPU, N = 50, full speed", flat + "cpuSecondsPerMillion", Contender.NATS, 1, false);
        bars.add("server CPU, N = 50, full speed", flat + "cpuSecondsPerMillion", Contender.FLOOR, 4, false);
        String paced = "paced.1000.";
        bars.add("p50, 1,000 events/s x 50", paced + "p50Micros", Contender.REFERENCE_NETTY, 1, false);
        bars.add("p99, 1,000 events/s x 50", paced + "p99Micros", Contender.REFERENCE_NETTY, 1, false);
        bars.add("p50, 1,000 events/s x 50", paced + "p50Micros", Contender.NATS, 1, false);
        bars.add("p99, 1,000 events/s x 50", paced + "p99Micros", Contender.NATS, 1, false);
        bars.add("p99, 1,000 events/s x 50", paced + "p99Micros", Contender.FLOOR, 2, false);
        bars.add(
                "server CPU, 1,000 events/s x 50",
                paced + "cpuSecondsPerMillion",
                Contender.REFERENCE_NETTY,
                0.6,
                false);
        bars.add("replay of 1,000 events", "replay.micros", Contender.REFERENCE_NETTY, 1 / 3.0, false);
        bars.add("memory of an idle subscriber", Round.IDLE_BYTES, Contender.REFERENCE_NETTY, 1, false);
        bars.addOwn(
                "cost a delivery, N = 1000 over N = 10",
                "flat.1000.cpuSecondsPerMillion",
                "flat.10.cpuSecondsPerMillion",
                1.5);
        return bars.all;
    }

    boolean met() {
        return atLeast ? ratio >= limit : ratio <= limit;
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "%-58s %8.2f  %s %.2f  %s",
                name,
                ratio,
                atLeast ? ">=" : "<=",
                limit,
                met() ? "met" : "NOT MET");
    }

    private record Bars(Medians medians, List<Bar> all) {

        Bars(Medians medians) {
            this(medians, new ArrayList<>());
        }

        void add(String name, String figure, Contender peer, double limit, boolean atLeast) {
            String push = Contender.PUSH.label();
            if (medians.has(push, figure) && medians.has(peer.label(), figure)) {
                double ratio = medians.of(push, figure) / medians.of(peer.label(), figure);
                all.add(new Bar(name + ", to " + peer.label(), ratio, limit, atLeast));
            }
        }

        void addOwn(String name, String figure, String other, double limit) {
            String push = Contender.PUSH.label();
            if (medians.has(push, figure) && medians.has(push, other)) {
                all.add(new Bar(name, medians.of(push, figure) / medians.of(push, other), limit, false));
            }
        }
    }
}
