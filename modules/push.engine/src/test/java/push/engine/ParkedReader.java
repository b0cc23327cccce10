package push.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * A reader of a random program that parks and has a courier. It fails if a delivery overtakes one that was handed back,
 * if a hand-back is reported more or less than once, and if the dispatcher leaves a delivery undelivered while the
 * reader is parked.
 */
final class ParkedReader implements Courier {

    private final HubProgram program;
    private final FakeRuntime runtime;
    private final int gateway;
    private final Subscription subscription;
    private final List<Delivery> handedBack = new ArrayList<>();
    private Step.Park step;
    private int calls;

    ParkedReader(HubProgram program, FakeRuntime runtime, int gateway, Subscription subscription) {
        this.program = program;
        this.runtime = runtime;
        this.gateway = gateway;
        this.subscription = subscription;
        this.step = new Step.Park(gateway, 1, 0, false, List.of());
        subscription.registerCourier(this);
    }

    /** Parks, runs the steps meanwhile, and continues after each hand-back, until the reader is interrupted. */
    void park(Step.Park next) {
        step = next;
        calls = 0;
        Queue<Step> meanwhile = new ArrayDeque<>(step.meanwhile());
        takeAll();
        while (awaitHandBack(meanwhile)) {
            handedBack.forEach(delivery -> program.delivered(gateway, delivery));
            handedBack.clear();
        }
    }

    private List<Delivery> poll() {
        return program.poll(gateway, subscription, step.batch());
    }

    /** Takes everything that is available before the reader parks. */
    private void takeAll() {
        for (List<Delivery> got = poll(); !got.isEmpty(); got = poll()) {
            got.forEach(delivery -> program.delivered(gateway, delivery));
        }
    }

    /** Parks. Returns true if the courier has handed back, false if the wait ended with an interrupt. */
    private boolean awaitHandBack(Queue<Step> meanwhile) {
        runtime.meanwhile(() -> runMeanwhile(meanwhile));
        try {
            return takeHandBack();
        } catch (InterruptedException e) {
            try {
                return !handedBack.isEmpty() && takeHandBack();
            } catch (InterruptedException again) {
                throw new AssertionError(again);
            }
        }
    }

    private boolean takeHandBack() throws InterruptedException {
        Taken taken = subscription.take(new Delivery[1]);
        if (!(taken instanceof Taken.HandedBack) || handedBack.isEmpty()) {
            throw new AssertionError(taken + " while " + handedBack.size() + " deliveries were handed back");
        }
        return true;
    }

    private void runMeanwhile(Queue<Step> meanwhile) {
        deliverAll(); // the reader has written the handed-back deliveries, and finds what has arrived since
        while (handedBack.isEmpty() && !meanwhile.isEmpty()) {
            program.run(meanwhile.remove());
            deliverAll();
        }
        if (!handedBack.isEmpty()) { // the dispatcher makes a round before the reader continues
            if (!meanwhile.isEmpty()) {
                program.run(meanwhile.remove());
            }
            program.round();
        }
        if (handedBack.isEmpty() || step.interrupted()) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs rounds of the dispatcher until it has nothing more to deliver, or the courier hands back. */
    private void deliverAll() {
        int before;
        do {
            before = calls;
            program.round();
        } while (calls > before && handedBack.isEmpty());
        if (handedBack.isEmpty() && !poll().isEmpty()) {
            throw new AssertionError("a delivery was left undelivered while the reader was parked");
        }
    }

    @Override
    public Outcome deliver() {
        if (!handedBack.isEmpty()) {
            throw new AssertionError("a delivery overtakes one that was handed back");
        }
        calls++;
        List<Delivery> got = poll();
        if (calls == step.handsBackAt()) {
            handedBack.addAll(got);
            return handedBack.isEmpty() ? Outcome.DELIVERED : Outcome.HANDED_BACK;
        }
        got.forEach(delivery -> program.delivered(gateway, delivery));
        return Outcome.DELIVERED;
    }
}
