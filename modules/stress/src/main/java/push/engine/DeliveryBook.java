package push.engine;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Delivers an event at a time, and writes down who delivered which, in order. Nothing but the turn guards what it
 * writes, as it is with what real couriers write.
 */
final class DeliveryBook implements Courier {

    private final Subscription subscription;
    private final Delivery[] one = new Delivery[1];
    private final StringBuilder lines = new StringBuilder();
    private String left = "";
    private boolean handsBack;
    private final AtomicBoolean atWork = new AtomicBoolean();
    private volatile boolean twoAtOnce;

    /** @param handsBack whether it leaves to the reader what it takes first */
    DeliveryBook(Subscription subscription, boolean handsBack) {
        this.subscription = subscription;
        this.handsBack = handsBack;
        subscription.lendTo(this);
    }

    @Override
    public boolean deliver() {
        if (!begins()) {
            return true;
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
        return all;
    }

    /** By the reader: writes what was left to it, takes what there is, and leaves. */
    void goOn() {
        if (begins()) { // and stays at it: nobody may deliver for it any more
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

    /** Who delivered what, once all are done. */
    String read() {
        if (twoAtOnce) {
            return "two at once";
        }
        return lines.isEmpty() ? "nothing" : lines.toString();
    }
}
