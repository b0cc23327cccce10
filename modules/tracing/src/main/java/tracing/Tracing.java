package tracing;

import io.helidon.tracing.Span;
import io.helidon.tracing.Tracer;
import io.helidon.tracing.providers.opentelemetry.HelidonOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The way of spans to a collector: OTLP over HTTP, in batches, from a thread of its own. Where the collector does not
 * keep up, or is not there, spans are dropped and nobody waits. Safe for any number of threads.
 */
public final class Tracing implements AutoCloseable {

    private static final Duration BETWEEN_BATCHES = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LAST_BATCH = Duration.ofSeconds(1);
    private static final String SCOPE = "push";

    static {
        // Where a thread's current span is kept. By itself OpenTelemetry asks its providers by way of a module that
        // does
        // not name the service, and cannot, as it must not depend on it: on a module path that fails.
        System.getProperties().putIfAbsent("io.opentelemetry.context.contextStorageProvider", "default");
    }

    private final SpanProcessor processor;
    private final Tracer tracer;
    private final Tracer deliveries;

    private Tracing(TracingConfig config, SpanExporter exporter) {
        Resource resource = Resource.getDefault()
                .merge(Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        config.service(),
                        AttributeKey.stringKey("service.instance.id"),
                        config.instance())));
        this.processor = BatchSpanProcessor.builder(exporter)
                .setScheduleDelay(BETWEEN_BATCHES)
                .setExporterTimeout(TIMEOUT)
                .build();
        this.tracer = tracer(resource, Sampler.parentBased(Sampler.traceIdRatioBased(config.share())));
        // Each begins a trace: see TraceParent.link.
        this.deliveries = tracer(resource, Sampler.traceIdRatioBased(config.deliveryShare()));
    }

    private Tracer tracer(Resource resource, Sampler sampler) {
        OpenTelemetry telemetry = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .setResource(resource)
                        .setSampler(sampler)
                        .addSpanProcessor(processor)
                        .build())
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .build();
        return HelidonOpenTelemetry.create(telemetry, telemetry.getTracer(SCOPE), Map.of());
    }

    /** Opens it. The collector need not be there. */
    public static Tracing open(TracingConfig config) {
        String endpoint = config.endpoint().toString();
        return open(
                config,
                OtlpHttpSpanExporter.builder()
                        .setEndpoint((endpoint.endsWith("/") ? endpoint : endpoint + "/") + "v1/traces")
                        .setTimeout(TIMEOUT)
                        .setRetryPolicy(RetryPolicy.getDefault())
                        .setComponentLoader(new Senders())
                        .build());
    }

    static Tracing open(TracingConfig config, SpanExporter exporter) {
        return new Tracing(config, exporter);
    }

    /** Makes spans of the ordinary share. */
    public Tracer tracer() {
        return tracer;
    }

    /** Makes spans of which each begins a trace, of the deliveries' share. */
    public Tracer deliveries() {
        return deliveries;
    }

    /**
     * Begins to build a span.
     *
     * @param traceparent in which it goes on; where it is empty or malformed, it begins a trace
     */
    public Span.Builder<?> span(String name, Span.Kind kind, String traceparent) {
        Span.Builder<?> builder = tracer.spanBuilder(name).kind(kind);
        TraceParent.continueIn(tracer, traceparent, builder);
        return builder;
    }

    /** Sends what there is, for which there is a second, and ends. Idempotent. */
    @Override
    public void close() {
        CompletableResultCode done = processor.shutdown();
        done.join(LAST_BATCH.toMillis(), TimeUnit.MILLISECONDS);
    }
}
