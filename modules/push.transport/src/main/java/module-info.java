import org.jspecify.annotations.NullMarked;

/** The push stream over gRPC: a subscription on one side, a gateway's connection on the other. */
@NullMarked
@SuppressWarnings("module") // app is built after this one
module push.transport {
    requires static org.jspecify;
    requires transitive push.engine;
    requires push.protocol;
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
    // Which makes the selector provider, if it is told to.
    exports push.transport.gate to
            java.base;
}
