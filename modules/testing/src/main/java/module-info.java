import org.jspecify.annotations.NullMarked;

/**
 * Helpers that tests of several modules share: a gateway on a foreign client library, unreliable connections, and
 * databases.
 */
@NullMarked
module testing {
    requires static transitive org.jspecify;
    requires transitive push.protocol;
    requires embedded.postgres;
    requires transitive io.grpc;
    requires io.grpc.netty.shaded;
    requires java.sql;
    requires jdk.management;
    requires transitive io.helidon.webserver;
    requires org.hamcrest;
    requires transitive tools.jackson.databind;

    exports testing;
}
