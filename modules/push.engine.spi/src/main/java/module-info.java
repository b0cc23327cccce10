import org.jspecify.annotations.NullMarked;

/**
 * What the hub and an event log say to each other. Depends on nothing, so that a log sees neither the engine nor the
 * publishers' API: it stores events without being able to publish any.
 */
@NullMarked
module push.engine.spi {
    requires static org.jspecify;
    requires transitive java.sql; // for an event that joins a publisher's transaction

    exports push.engine.spi;
}
