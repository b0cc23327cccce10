package push.engine;

/** What a subscription delivers to its reader: an event of the log, or a notice about the stream itself. */
public sealed interface Delivery permits Entry, Notice {}
