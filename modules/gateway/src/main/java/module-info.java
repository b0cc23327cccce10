import org.jspecify.annotations.NullMarked;

/** The client by which an edge gateway subscribes to the hub. Knows nothing of the hub but its wire contract. */
@NullMarked
module gateway {
    requires static org.jspecify;
    // Transitive: a handler is given the contract's messages, and an end carries gRPC's status.
    requires transitive push.protocol;
    requires transitive tracing;
    requires com.google.protobuf;
    requires io.grpc;
    requires io.helidon.common.buffers;
    requires io.helidon.common.socket;
    requires io.helidon.common.tls;
    requires io.helidon.http;
    requires io.helidon.http.http2;
    requires io.helidon.webclient.api;
    requires io.helidon.webclient.http2;

    exports gateway;
}
