package push.engine;

/** The result of {@link Subscription#take}. */
public sealed interface Taken {

    /**
     * The start of the array holds deliveries.
     *
     * @param count the number of deliveries, from 1 to the length of the array
     */
    record Deliveries(int count) implements Taken {}

    /** The courier has left deliveries that it had polled; the reader must write them before it takes again. */
    record HandedBack() implements Taken {}

    /** The subscription has ended, and nothing is left to deliver. */
    record Ended() implements Taken {}
}
