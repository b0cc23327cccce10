import org.jspecify.annotations.NullMarked;

/** What several modules' tests need: a gateway that is not ours, connections that break, and databases. */
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
