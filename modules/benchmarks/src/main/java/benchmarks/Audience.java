package benchmarks;

/**
 * The subscriptions that exist while a publisher publishes.
 *
 * <p>Parked readers wait for events, and take all of them as they arrive. Lagging readers hold a subscription and never
 * take anything: no thread wakes them, but the hub's maintenance checks each of them.
 */
public enum Audience {
    /** No subscriptions: the baseline of the comparison. */
    NONE(0, false),
    /** One parked reader. */
    PARKED_1(1, true),
    /** A hundred parked readers. */
    PARKED_100(100, true),
    /** As many parked readers as a hub allows by default. */
    PARKED_10000(10_000, true),
    /** One lagging reader. */
    LAGGING_1(1, false),
    /** A hundred lagging readers. */
    LAGGING_100(100, false),
    /** As many lagging readers as a hub allows by default. */
    LAGGING_10000(10_000, false);

    private final int subscriptions;
    private final boolean taking;

    Audience(int subscriptions, boolean taking) {
        this.subscriptions = subscriptions;
        this.taking = taking;
    }

    /** The number of subscriptions. */
    int subscriptions() {
        return subscriptions;
    }

    /** True if the readers take what is published. */
    boolean taking() {
        return taking;
    }
}
