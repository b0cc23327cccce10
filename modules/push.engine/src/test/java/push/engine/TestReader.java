package push.engine;

/** Takes as a reader without a courier does. */
final class TestReader {

    private TestReader() {}

    /** Waits for deliveries and takes them; returns their number, which is 0 once the subscription has ended. */
    static int take(Subscription subscription, Delivery[] into) throws InterruptedException {
        return switch (subscription.take(into)) {
            case Taken.Deliveries(int count) -> count;
            case Taken.Ended _ -> 0;
            case Taken.HandedBack _ -> throw new AssertionError("handed back without a courier");
        };
    }
}
