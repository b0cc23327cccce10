package push.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Brings a subscription at most two deliveries at once, and keeps them. */
final class TestCourier implements Courier {

    private final Subscription subscription;
    private final List<Object> brought = new ArrayList<>();
    private int asked;
    private boolean handsBack;
    private Runnable meanwhile = () -> {};

    TestCourier(Subscription subscription) {
        this.subscription = subscription;
        subscription.lendTo(this);
    }

    /** Whether it leaves what it takes to the reader from now on. */
    void handsBack(boolean leaves) {
        handsBack = leaves;
    }

    /** What happens each time when it has taken something and is not done yet. */
    void meanwhile(Runnable happens) {
        meanwhile = happens;
    }

    /** How many times it was told that there is something. */
    int asked() {
        return asked;
    }

    /** All since the last call, as {@link TestHub#told}. */
    List<Object> brought() {
        List<Object> taken = List.copyOf(brought);
        brought.clear();
        return taken;
    }

    @Override
    public boolean deliver() {
        asked++;
        Delivery[] batch = new Delivery[2];
        int n = subscription.poll(batch);
        brought.addAll(TestHub.told(Arrays.asList(batch).subList(0, n)));
        meanwhile.run();
        return !handsBack;
    }
}
