package app.settings;

import java.util.List;
import java.util.Optional;
import push.tracing.TracingConfig;

/** Reads {@code tracing.*}: where spans are sent, and how many of them. */
final class TracingSettings {

    private static final String ENDPOINT = "tracing.endpoint";
    private static final String SAMPLING_RATIO = "tracing.sampling-ratio";
    private static final String DELIVERIES = "tracing.deliveries";

    static final List<String> KEYS = List.of(ENDPOINT, SAMPLING_RATIO, DELIVERIES);

    private static final double DEFAULT_RATIO = 0.1;

    private final SettingsReader reader;

    TracingSettings(SettingsReader reader) {
        this.reader = reader;
    }

    /**
     * Reads the section; empty if no endpoint is set.
     *
     * @param service the {@code service.name} in the spans
     * @param instance the {@code service.instance.id} in the spans
     */
    Optional<TracingConfig> tracing(String service, String instance) {
        double samplingRatio = reader.ratio(SAMPLING_RATIO, DEFAULT_RATIO);
        double deliveryRatio = reader.ratio(DELIVERIES, DEFAULT_RATIO);
        return reader.address(ENDPOINT)
                .map(endpoint -> new TracingConfig(endpoint, service, instance, samplingRatio, deliveryRatio));
    }
}
