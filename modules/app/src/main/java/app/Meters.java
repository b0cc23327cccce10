package app;

import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.FunctionalCounter;
import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Creates meters in a registry. {@link #close} removes the meters that read their value from another object; all others
 * stay. Thread-safe.
 */
final class Meters implements AutoCloseable {

    private static final double[] NONE = {};

    private final MeterRegistry registry;

    /** Meters and the source of their value. A registry may hold only a weak reference to the source. */
    private final Map<Meter, Supplier<?>> shown = new ConcurrentHashMap<>();

    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** A label with one value. */
    static Tag label(String name, String value) {
        return Tag.create(name, value);
    }

    /** A counter. It is visible from this call on, with the value 0 at first. */
    Counter counter(String name, String description, Tag... labels) {
        return registry.getOrCreate(
                Counter.builder(name).description(description).tags(List.of(labels)));
    }

    /** A histogram of durations with these bucket bounds. */
    Timer histogram(String name, String description, Duration[] bounds, Tag... labels) {
        return registry.getOrCreate(Timer.builder(name)
                .description(description)
                .tags(List.of(labels))
                .percentiles(NONE) // a metric family has either buckets or percentiles
                .buckets(bounds));
    }

    /** Shows a count that another object keeps, until {@link #close}. */
    void showCount(String name, String description, Supplier<Long> value, Tag... labels) {
        shown.put(
                registry.getOrCreate(FunctionalCounter.builder(name, value, Supplier::get)
                        .description(description)
                        .tags(List.of(labels))),
                value);
    }

    /** Shows a number, until {@link #hide} or {@link #close}. */
    <N extends Number> Meter show(String name, String description, Supplier<N> value, Tag... labels) {
        Meter gauge = registry.getOrCreate(
                Gauge.builder(name, value).description(description).tags(List.of(labels)));
        shown.put(gauge, value);
        return gauge;
    }

    /** Removes a meter. */
    void hide(Meter meter) {
        shown.remove(meter);
        registry.remove(meter);
    }

    @Override
    public void close() {
        shown.keySet().forEach(registry::remove);
        shown.clear();
    }
}
