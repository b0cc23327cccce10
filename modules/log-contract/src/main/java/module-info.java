import org.jspecify.annotations.NullMarked;

/** The tests that every event log passes, and a log that misbehaves in every way that the contract permits. */
@NullMarked
module logcontract {
    requires static transitive org.jspecify;
    requires org.hamcrest;
    requires transitive org.junit.jupiter.api;
    requires transitive push.engine.spi;

    exports logcontract;
}
