package push.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import push.engine.HubProgram.Step;

/**
 * A reader of a random program that waits, with a courier. Forbids that anything overtakes what was handed back, that
 * this is told other than once, and that the dispatcher leaves anything lying for a reader that waits.
 */
final class LentReader implements Courier {

    private final HubProgram program;
    private final FakeRuntime runtime;
    private final int gateway;
    private final Subscription subscription;
    private final List<Delivery> left = new ArrayList<>();
    private Step.Lend step;
    private int asked;
    private boolean rejoining;

    LentReader(HubProgram program, FakeRuntime runtime, int gateway, Subscription subscription) {
        this.program = program;
        this.runtime = runtime;
        this.gateway = gateway;
        this.subscription = subscription;
        this.step = new Step.Lend(gateway, 1, 0, false, List.of());
        subscription.lendTo(this);
    }

    void waitWhile(Step.Lend next) {
        step = next;
        asked = 0;
        Queue<Step> meanwhile = new ArrayDeque<>(step.meanwhile());
        if (!rejoining) {
            takeAll();
        }
        while (waits(meanwhile)) {
            left.forEach(delivery -> program.written(gateway, delivery));
            left.clear();
            rejoining = true;
        }
    }

    private List<Delivery> poll() {
        return program.poll(gateway, subscription, step.batch());
    }

    /** What a reader takes by itself before it waits. */
    private void takeAll() {
        for (List<Delivery> got = poll(); !got.isEmpty(); got = poll()) {
            got.forEach(delivery -> program.written(gateway, delivery));
        }
    }

    /** Says whether something was handed back; else it has waited in vain, until it was interrupted. */
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
        int n = subscription.take(new Delivery[1]);
        if (n != Subscription.HANDED_BACK || left.isEmpty()) {
            throw new AssertionError("took " + n + " while " + left.size() + " were handed back");
        }
        return true;
    }

    private void happen(Queue<Step> meanwhile) {
        settle(); // a reader that has done what was handed back finds what has come since
        while (left.isEmpty() && !meanwhile.isEmpty()) {
            program.run(meanwhile.remove());
            settle();
        }
        if (!left.isEmpty()) { // the dispatcher comes round before the reader goes on
            if (!meanwhile.isEmpty()) {
                program.run(meanwhile.remove());
            }
            program.round();
        }
        if (left.isEmpty() || step.interrupted()) {
            Thread.currentThread().interrupt();
        }
    }

    /** The dispatcher goes round as long as it has something to bring. */
    private void settle() {
        int before;
        do {
            before = asked;
            program.round();
        } while (asked > before && left.isEmpty());
        if (left.isEmpty() && !poll().isEmpty()) {
            throw new AssertionError("left lying");
        }
    }

    @Override
    public boolean deliver() {
        if (!left.isEmpty()) {
            throw new AssertionError("overtakes what was handed back");
        }
        asked++;
        List<Delivery> got = poll();
        if (asked == step.handsBackAt()) {
            left.addAll(got);
            return left.isEmpty();
        }
        got.forEach(delivery -> program.written(gateway, delivery));
        return true;
    }
}
