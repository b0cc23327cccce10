package push.engine;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

/**
 * Has the gateways of a hub that has lost its log reconnect, because another hub may still have the log. For one thread
 * at a time, which must hold no lock.
 */
final class LostLog {

    private static final System.Logger LOG = System.getLogger(LostLog.class.getName());

    private final LogHealth log;
    private final Registry registry;
    private boolean lost;

    LostLog(LogHealth log, Registry registry) {
        this.log = log;
        this.registry = registry;
    }

    /** Checks the log, and drains all subscriptions if it is lost. Called at regular intervals. */
    void check() {
        boolean now = log.isLost();
        if (now) {
            // At each check: a subscription may have been admitted just before the loss, and registered after it.
            registry.stream()
                    .filter(subscription -> !subscription.isEnding())
                    .forEach(subscription -> subscription.drain(End.RECONNECT));
        }
        if (now != lost) {
            lost = now;
            report();
        }
    }

    private void report() {
        if (lost) {
            LOG.log(WARNING, "push lost its log, which was current {0} ago; gateways are to reconnect", log.age());
        } else {
            LOG.log(INFO, "push has its log back");
        }
    }
}
