import org.jspecify.annotations.NullMarked;

/** The client that an edge gateway uses to subscribe to the hub. It depends only on the hub's wire contract. */
@NullMarked
module push.gateway {
    requires static org.jspecify;
    // Transitive: handlers receive the contract's messages, and the public API uses gRPC's Status and the tracers.
    requires transitive push.protocol;
    requires transitive push.tracing;
    requires com.google.protobuf;
    requires io.grpc;
    requires io.helidon.common.buffers;
    requires io.helidon.common.socket;
    requires io.helidon.common.tls;
    requires io.helidon.http;
    requires io.helidon.http.http2;
    requires io.helidon.webclient.api;
    requires io.helidon.webclient.http2;

    exports push.gateway;
}
