package push.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * A reader of a random program that waits and has a courier. It fails if a delivery overtakes what was handed back, if a
 * hand-back is reported more or less than once, and if the dispatcher leaves a delivery undelivered while the reader
 * waits.
 */
final class LentReader implements Courier {

    private final HubProgram program;
    private final FakeRuntime runtime;
    private final int gateway;
    private final Subscription subscription;
    private final List<Delivery> left = new ArrayList<>();
    private Step.Lend step;
    private int asked;

    LentReader(HubProgram program, FakeRuntime runtime, int gateway, Subscription subscription) {
        this.program = program;
        this.runtime = runtime;
        this.gateway = gateway;
        this.subscription = subscription;
        this.step = new Step.Lend(gateway, 1, 0, false, List.of());
        subscription.registerCourier(this);
    }

    void waitWhile(Step.Lend next) {
        step = next;
        asked = 0;
        Queue<Step> meanwhile = new ArrayDeque<>(step.meanwhile());
        takeAll();
        while (waits(meanwhile)) {
            left.forEach(delivery -> program.written(gateway, delivery));
            left.clear();
        }
    }

    private List<Delivery> poll() {
        return program.poll(gateway, subscription, step.batch());
    }

    /** The reader takes everything that is available before it waits. */
    private void takeAll() {
        for (List<Delivery> got = poll(); !got.isEmpty(); got = poll()) {
            got.forEach(delivery -> program.written(gateway, delivery));
        }
    }

    /** Waits; true if something was handed back, false if the wait ended with an interrupt. */
    private boolean waits(Queue<Step> meanwhile) {
        runtime.meanwhile(() -> happen(meanwhile));
        try {
            return handedBack();
        } catch (InterruptedException e) {
            try {
                return !left.isEmpty() && handedBack();
            } catch (InterruptedException again) {
                throw new AssertionError(again);
            }
        }
    }

    private boolean handedBack() throws InterruptedException {
        Taken taken = subscription.take(new Delivery[1]);
        if (!(taken instanceof Taken.HandedBack) || left.isEmpty()) {
            throw new AssertionError(taken + " while " + left.size() + " deliveries were handed back");
        }
        return true;
    }

    private void happen(Queue<Step> meanwhile) {
        settle(); // the reader has written what was handed back, and finds what has arrived since
        while (left.isEmpty() && !meanwhile.isEmpty()) {
            program.run(meanwhile.remove());
            settle();
        }
        if (!left.isEmpty()) { // the dispatcher makes a round before the reader continues
            if (!meanwhile.isEmpty()) {
                program.run(meanwhile.remove());
            }
            program.round();
        }
        if (left.isEmpty() || step.interrupted()) {
            Thread.currentThread().interrupt();
        }
    }

    /** The dispatcher makes rounds as long as it has something to deliver. */
    private void settle() {
        int before;
        do {
            before = asked;
            program.round();
        } while (asked > before && left.isEmpty());
        if (left.isEmpty() && !poll().isEmpty()) {
            throw new AssertionError("left undelivered while the reader waits");
        }
    }

    @Override
    public Outcome deliver() {
        if (!left.isEmpty()) {
            throw new AssertionError("overtakes what was handed back");
        }
        asked++;
        List<Delivery> got = poll();
        if (asked == step.handsBackAt()) {
            left.addAll(got);
            return left.isEmpty() ? Outcome.DELIVERED : Outcome.HANDED_BACK;
        }
        got.forEach(delivery -> program.written(gateway, delivery));
        return Outcome.DELIVERED;
    }
}
