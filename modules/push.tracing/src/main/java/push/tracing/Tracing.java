package push.tracing;

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
 * Sends spans to a collector: OTLP over HTTP, in batches, from a separate thread. If the collector is too slow or not
 * reachable, spans are dropped, and no thread waits. Safe for any number of threads.
 */
public final class Tracing implements AutoCloseable {

    private static final Duration BETWEEN_BATCHES = Duration.ofSeconds(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LAST_BATCH = Duration.ofSeconds(1);
    private static final String SCOPE = "push";

    static {
        // Selects where a thread's current span is kept. By default OpenTelemetry loads the storage providers from a
        // module whose descriptor does not name the service, and cannot, because it must not depend on the providers'
        // module. On a module path this fails.
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
        this.tracer = tracer(resource, Sampler.parentBased(Sampler.traceIdRatioBased(config.samplingRatio())));
        // Each delivery begins a trace: see TraceParent.link.
        this.deliveries = tracer(resource, Sampler.traceIdRatioBased(config.deliveryRatio()));
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

    /** Starts the sending of spans. The collector need not be reachable. */
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

    /** Returns the tracer for all spans but deliveries, sampled by {@link TracingConfig#samplingRatio}. */
    public Tracer tracer() {
        return tracer;
    }

    /**
     * Returns the tracer for deliveries, each of which begins a trace, sampled by {@link TracingConfig#deliveryRatio}.
     */
    public Tracer deliveries() {
        return deliveries;
    }

    /**
     * Starts building a span.
     *
     * @param traceparent the W3C trace context that the span continues; if it is empty or malformed, the span begins a
     *     trace
     */
    public Span.Builder<?> span(String name, Span.Kind kind, String traceparent) {
        Span.Builder<?> builder = tracer.spanBuilder(name).kind(kind);
        TraceParent.continueIn(tracer, traceparent, builder);
        return builder;
    }

    /** Sends the spans that are left, for at most one second, and stops. Idempotent. */
    @Override
    public void close() {
        CompletableResultCode done = processor.shutdown();
        done.join(LAST_BATCH.toMillis(), TimeUnit.MILLISECONDS);
    }
}
