import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import org.jspecify.annotations.NullMarked;

/** Distributed tracing: spans from Helidon's API, sent to a collector over OTLP. For the hub and for gateways. */
@NullMarked
module push.tracing {
    requires static org.jspecify;
    requires transitive io.helidon.tracing;
    requires io.helidon.tracing.providers.opentelemetry;
    requires io.opentelemetry.api;
    requires io.opentelemetry.common;
    requires io.opentelemetry.context;
    requires io.opentelemetry.exporter.otlp;
    requires io.opentelemetry.sdk;
    requires io.opentelemetry.sdk.common;
    requires io.opentelemetry.sdk.trace;

    // Sends the exported spans; found by the service loader.
    requires io.opentelemetry.exporter.sender.jdk.internal;

    uses HttpSenderProvider;

    exports push.tracing;
}
