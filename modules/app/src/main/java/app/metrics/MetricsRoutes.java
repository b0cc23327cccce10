package app.metrics;

import http.Bodies;
import http.Problem;
import http.Route;
import io.helidon.common.HelidonServiceLoader;
import io.helidon.common.media.type.MediaType;
import io.helidon.common.media.type.MediaTypes;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.metrics.api.MeterRegistry;
import io.helidon.metrics.api.MetricsConfig;
import io.helidon.metrics.api.MetricsFactory;
import io.helidon.metrics.spi.MeterRegistryFormatterProvider;
import io.helidon.service.registry.Services;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** The metrics, in the Prometheus and OpenMetrics text formats and in JSON. */
public final class MetricsRoutes implements HttpService {

    private static final MediaType[] TYPES = {
        MediaTypes.TEXT_PLAIN, MediaTypes.APPLICATION_OPENMETRICS_TEXT, MediaTypes.APPLICATION_JSON
    };

    private final Runnable beforeReading;
    private final MeterRegistry registry = Services.get(MeterRegistry.class);
    private final MetricsConfig config = Services.get(MetricsFactory.class).metricsConfig();
    private final List<MeterRegistryFormatterProvider> formatters = HelidonServiceLoader.create(
                    ServiceLoader.load(MeterRegistryFormatterProvider.class))
            .asList();

    /** @param beforeReading the action to run first on each request, on any thread; must not block */
    public MetricsRoutes(Runnable beforeReading) {
        this.beforeReading = beforeReading;
    }

    @Override
    public void routing(HttpRules rules) {
        Route.at("/metrics").get(this::answer).addTo(rules);
    }

    private void answer(ServerRequest request, ServerResponse response) {
        MediaType type = request.headers()
                .bestAccepted(TYPES)
                .orElseThrow(() -> new Problem(
                        Status.NOT_ACCEPTABLE_406,
                        "Accept must allow text/plain, application/openmetrics-text or application/json"));
        beforeReading.run();
        String text = format(
                        type,
                        request.query().all("scope", List::of),
                        request.query().all("name", List::of))
                // No metric exists yet, or none with that name.
                .orElse(type.equals(MediaTypes.APPLICATION_JSON) ? "{}" : "");
        response.status(Status.OK_200)
                .header(HeaderValues.CACHE_NO_CACHE)
                .header(HeaderValues.X_CONTENT_TYPE_OPTIONS_NOSNIFF);
        response.headers().contentType(type);
        Bodies.send(request, response, text.getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> format(MediaType type, List<String> scopes, List<String> names) {
        return formatters.stream()
                .flatMap(provider ->
                        provider
                                .formatter(
                                        type, config, registry, config.scoping().tagName(), scopes, names)
                                .stream())
                .findFirst()
                .flatMap(formatter -> formatter.format())
                .map(Object::toString);
    }
}
