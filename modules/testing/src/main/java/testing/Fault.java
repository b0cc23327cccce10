package testing;

import java.time.Duration;

/**
 * A fault of a connection.
 *
 * @param kind the kind of fault
 * @param after how long the connection works before the fault
 * @param lasting how long the fault lasts, unless it ends the connection
 */
public record Fault(Kind kind, Duration after, Duration lasting) {

    /** The kinds of fault. */
    public enum Kind {
        /** Data is delayed. */
        DELAY,
        /** No data passes. */
        STALL,
        /** The connection is closed, with FIN. */
        CUT,
        /** The connection is reset, with RST: data in transit is lost. */
        RESET
    }
}
