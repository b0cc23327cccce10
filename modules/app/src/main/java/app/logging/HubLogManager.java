package app.logging;

import java.util.logging.LogManager;

/**
 * Keeps the log open while the hub stops. {@code java.util.logging} closes its handlers as soon as the process is told to
 * end, when the hub's last lines are yet to come.
 */
public final class HubLogManager extends LogManager {

    private static volatile boolean keeps;

    /** As {@code java.util.logging} makes it. */
    public HubLogManager() {}

    /** From now on no handler is closed. The hub's own end {@linkplain Log#flush flushes} the log. */
    static void keepOpen() {
        keeps = true;
    }

    /** Does nothing once the log is kept open. */
    @Override
    public void reset() {
        if (!keeps) {
            super.reset();
        }
    }
}
