import org.jspecify.annotations.NullMarked;

/** Serves subscriptions to gateways as gRPC streams, and filters every connection before the web server. */
@NullMarked
@SuppressWarnings("module") // the app module is built after this one
module push.transport {
    requires static org.jspecify;
    requires transitive push.engine;
    requires push.protocol;
    requires transitive access;
    requires transitive limits;
    requires threads;
    requires com.google.protobuf;
    requires io.grpc;
    requires io.grpc.services;
    requires io.helidon.common.buffers;
    requires io.helidon.common.concurrency.limits;
    requires io.helidon.common.socket;
    requires io.helidon.common.task;
    requires io.helidon.http;
    requires io.helidon.http.http2;
    requires transitive io.helidon.webserver;
    requires io.helidon.webserver.grpc;
    requires io.helidon.webserver.http2;

    exports push.transport to
            app;
    // java.base creates RetryingSelectorProvider if a system property names it.
    exports push.transport.gate to
            java.base;
}
