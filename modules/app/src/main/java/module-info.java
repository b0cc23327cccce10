import org.jspecify.annotations.NullMarked;

/**
 * The composition root: reads the configuration, assembles the modules, and contains the command line. This module
 * opens no package. It exports only the package of the log's handler, to {@code java.logging}, which creates the
 * handler.
 */
@NullMarked
module app {
    requires static org.jspecify;
    requires access;
    requires auth;
    requires console;
    requires database;
    requires push.gateway;
    requires http;
    requires idempotency;
    requires limits;
    requires notification;
    requires push.engine;
    requires push.postgres; // a provider of the log
    requires push.protocol;
    requires push.transport;
    requires threads;
    requires push.tracing;
    requires io.opentelemetry.api;
    requires com.google.protobuf;
    requires com.google.protobuf.util;
    requires info.picocli;
    requires io.grpc;
    requires io.helidon.common;
    requires io.helidon.common.media.type;
    requires io.helidon.common.tls;
    requires io.helidon.config;
    requires io.helidon.health;
    requires io.helidon.http;
    requires io.helidon.metrics.api;
    requires io.helidon.service.registry;
    requires io.helidon.webserver;
    requires io.helidon.webserver.grpc;
    requires io.helidon.webserver.http2;
    requires java.logging;
    requires java.management;
    requires java.net.http;
    requires jdk.management;
    requires tools.jackson.databind;

    exports app.logging to
            java.logging;

    // Providers that only the service loader uses. The linked image contains only required modules.
    requires io.helidon.config.yaml;
    requires io.helidon.logging.jul;
    requires io.helidon.metrics.providers.micrometer;
    requires io.helidon.metrics.systemmeters;
    requires micrometer.registry.prometheus;
    requires micrometer.registry.prometheus.simpleclient;

    uses io.helidon.metrics.spi.MeterRegistryFormatterProvider;
}
