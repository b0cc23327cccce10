package push.engine;

/** What a subscription gives to its reader: an event in its place in the log, or a notice about the stream itself. */
public sealed interface Delivery permits Entry, Notice {

    /** Its wire form. Nobody may change the bytes. */
    byte[] wire(WireFormat format);
}
