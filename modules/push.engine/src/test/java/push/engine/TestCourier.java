package push.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Delivers at most two deliveries at once, and keeps them. */
final class TestCourier implements Courier {

    private final Subscription subscription;
    private final List<Object> delivered = new ArrayList<>();
    private int calls;
    private boolean handsBack;
    private Runnable meanwhile = () -> {};

    TestCourier(Subscription subscription) {
        this.subscription = subscription;
        subscription.registerCourier(this);
    }

    /** Sets whether the courier hands back what it polls from now on. */
    void handsBack(boolean does) {
        handsBack = does;
    }

    /** Sets what happens each time the courier has polled and is not done yet. */
    void meanwhile(Runnable event) {
        meanwhile = event;
    }

    /** The number of calls of {@link #deliver}. */
    int calls() {
        return calls;
    }

    /** The deliveries since the last call of this method, as {@link TestHub#texts}. */
    List<Object> delivered() {
        List<Object> all = List.copyOf(delivered);
        delivered.clear();
        return all;
    }

    @Override
    public Outcome deliver() {
        calls++;
        Delivery[] batch = new Delivery[2];
        int n = subscription.poll(batch);
        delivered.addAll(TestHub.texts(Arrays.asList(batch).subList(0, n)));
        meanwhile.run();
        return handsBack ? Outcome.HANDED_BACK : Outcome.DELIVERED;
    }
}
