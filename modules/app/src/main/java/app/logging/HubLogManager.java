package app.logging;

import java.util.logging.LogManager;

/**
 * Keeps the log open while the hub stops. {@code java.util.logging} closes its handlers as soon as the shutdown begins,
 * before the hub has logged its last lines.
 */
public final class HubLogManager extends LogManager {

    private static volatile boolean keepsHandlers;

    /** For {@code java.util.logging}, which creates the log manager. */
    public HubLogManager() {}

    /** Prevents that handlers are closed from now on. The hub {@linkplain Log#flush flushes} the log when it ends. */
    static void keepOpen() {
        keepsHandlers = true;
    }

    /** Does nothing once the log is kept open. */
    @Override
    public void reset() {
        if (!keepsHandlers) {
            super.reset();
        }
    }
}
