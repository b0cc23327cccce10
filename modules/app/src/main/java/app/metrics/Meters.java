package app.metrics;

import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.DistributionSummary;
import io.helidon.metrics.api.FunctionalCounter;
import io.helidon.metrics.api.Gauge;
import io.helidon.metrics.api.Meter;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.MetricsConfig;
import io.helidon.metrics.api.SystemTagsManager;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import io.helidon.service.registry.Services;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Creates meters in a registry. {@link #close} removes the meters that read their value from another object; all others
 * stay. Thread-safe.
 */
public final class Meters implements AutoCloseable {

    private static final double[] NO_PERCENTILES = {};

    private final MeterRegistry registry;

    /** Meters and the source of their value. A registry may hold only a weak reference to the source. */
    private final Map<Meter, Supplier<?>> sources = new ConcurrentHashMap<>();

    /** Creates the meters in the given registry. */
    Meters(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Creates the meters in the registry of this process, which {@link MetricsRoutes} serves. */
    public static Meters ofTheProcess() {
        MeterRegistry registry = Services.get(MeterRegistry.class);
        omitScopeLabel();
        return new Meters(registry);
    }

    /**
     * Has meters without a scope label, because the series of the contract have none. Call this method after a registry
     * was created, which sets the label.
     */
    static void omitScopeLabel() {
        SystemTagsManager.instance(MetricsConfig.builder()
                .scoping(scoping -> scoping.clearTagName())
                .build());
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
                .percentiles(NO_PERCENTILES) // a metric family has either buckets or percentiles
                .buckets(bounds));
    }

    /** A summary of numbers. */
    DistributionSummary summary(String name, String description) {
        return registry.getOrCreate(DistributionSummary.builder(name).description(description));
    }

    /** Adds a counter that reads its value from {@code value}, until {@link #close}. */
    void functionalCounter(String name, String description, Supplier<Long> value, Tag... labels) {
        sources.put(
                registry.getOrCreate(FunctionalCounter.builder(name, value, Supplier::get)
                        .description(description)
                        .tags(List.of(labels))),
                value);
    }

    /** Adds a gauge that reads its value from {@code value}, until {@link #remove} or {@link #close}. */
    <N extends Number> Meter gauge(String name, String description, Supplier<N> value, Tag... labels) {
        Meter gauge = registry.getOrCreate(
                Gauge.builder(name, value).description(description).tags(List.of(labels)));
        sources.put(gauge, value);
        return gauge;
    }

    /** Removes a gauge. */
    void remove(Meter gauge) {
        sources.remove(gauge);
        registry.remove(gauge);
    }

    @Override
    public void close() {
        sources.keySet().forEach(registry::remove);
        sources.clear();
    }
}
