import org.jspecify.annotations.NullMarked;

/** The runtime image as an outsider uses it: its processes, its HTTP calls, its streams. The promises' tests use it. */
@NullMarked
module conformance {
    requires static org.jspecify;
    requires transitive testing;
    requires io.grpc.netty.shaded;
    // For the tests, which are patched into this module.
    requires io.grpc.services;
    requires java.compiler;
    requires java.net.http;
    requires java.sql;
    requires transitive tools.jackson.core;
    requires transitive tools.jackson.databind;

    exports conformance;
}
