package benchmarks;

/**
 * Who listens while a publisher publishes.
 *
 * <p>Parked readers wait for events and take all of them as they come. Lagging ones hold a subscription and never
 * take anything: nobody wakes them, but the hub's maintenance looks at each.
 */
public enum Audience {
    /** Nobody: what the others are compared with. */
    NONE(0, false),
    /** One reader that waits. */
    PARKED_1(1, true),
    /** A hundred readers that wait. */
    PARKED_100(100, true),
    /** As many readers that wait as a hub takes by default. */
    PARKED_10000(10_000, true),
    /** One reader that never takes. */
    LAGGING_1(1, false),
    /** A hundred readers that never take. */
    LAGGING_100(100, false),
    /** As many readers that never take as a hub takes by default. */
    LAGGING_10000(10_000, false);

    private final int subscriptions;
    private final boolean taking;

    Audience(int subscriptions, boolean taking) {
        this.subscriptions = subscriptions;
        this.taking = taking;
    }

    /** How many subscriptions there are. */
    int subscriptions() {
        return subscriptions;
    }

    /** Whether they take what is published. */
    boolean taking() {
        return taking;
    }
}
