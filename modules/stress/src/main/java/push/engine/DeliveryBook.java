package push.engine;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Delivers one event at a time, and records in order which thread delivered which event. As with real couriers, only
 * the ownership guards the recorded data.
 */
final class DeliveryBook implements Courier {

    private final Subscription subscription;
    private final Delivery[] one = new Delivery[1];
    private final StringBuilder lines = new StringBuilder();
    private String left = "";
    private boolean handsBack;
    private final AtomicBoolean atWork = new AtomicBoolean();
    private volatile boolean twoAtOnce;

    /** @param handsBack true if the first delivery is left to the reader */
    DeliveryBook(Subscription subscription, boolean handsBack) {
        this.subscription = subscription;
        this.handsBack = handsBack;
        subscription.registerCourier(this);
    }

    @Override
    public Outcome deliver() {
        if (!begins()) {
            return Outcome.DELIVERED;
        }
        String taken = taken();
        boolean all = !handsBack;
        handsBack = false;
        if (all) {
            write("courier", taken);
        } else {
            left = taken;
        }
        atWork.set(false);
        return all ? Outcome.DELIVERED : Outcome.HANDED_BACK;
    }

    /** Called by the reader: records what was left to it and what it takes itself, and stops. */
    void readRest() {
        if (begins()) { // and stays at work: no courier may deliver after this
            write("reader", left);
            write("reader", taken());
        }
    }

    private boolean begins() {
        boolean alone = atWork.compareAndSet(false, true);
        twoAtOnce |= !alone;
        return alone;
    }

    private String taken() {
        return subscription.poll(one) == 0 ? "" : " " + ((Entry) one[0]).sequence();
    }

    private void write(String who, String taken) {
        if (!taken.isEmpty()) {
            lines.append(lines.isEmpty() ? "" : ", ").append(who).append(taken);
        }
    }

    /** Returns which thread delivered which event, after all actors have finished. */
    String read() {
        if (twoAtOnce) {
            return "two at once";
        }
        return lines.isEmpty() ? "nothing" : lines.toString();
    }
}
