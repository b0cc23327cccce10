package testing;

import java.time.Duration;

/**
 * One thing that goes wrong with a connection.
 *
 * @param kind what
 * @param after how long all is well before it
 * @param lasting for how long, where it is not the connection's end
 */
public record Fault(Kind kind, Duration after, Duration lasting) {

    /** What can go wrong. */
    public enum Kind {
        /** What passes is late. */
        DELAY,
        /** Nothing passes. */
        STALL,
        /** The connection is closed, with FIN. */
        CUT,
        /** The connection is reset, with RST: what was on its way is lost. */
        RESET
    }
}
