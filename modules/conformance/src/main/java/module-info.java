import org.jspecify.annotations.NullMarked;

/** Tools for the conformance tests to use the runtime image from outside: its processes, HTTP calls and streams. */
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
