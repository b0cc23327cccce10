package push.engine.spi;

import java.time.Duration;
import java.time.Instant;

/**
 * The receiver of a log's events: the part of the hub that keeps events for replay.
 *
 * <p>All methods except {@link #signal} and {@link #read} are for one thread at a time. No method waits.
 */
public interface Tail {

    /**
     * A life of the log begins. The first call starts the log; each further call means that positions of the former
     * life have lost their meaning, for example because the log was recreated or restored from a backup. Readers take
     * what they have still to take of the former life, and are then told that the epoch has changed.
     *
     * @param epoch the name of this life: 1 to 64 letters, digits and underscores. Two lives that could assign one
     *     sequence to two events must not share a name
     * @param base the sequence after which events follow, at least 0: the position of the last event that is no longer
     *     retained
     * @param bornEmpty true if this life began at {@code base}, so that no event precedes it and every invalidation
     *     that is still in force must be published again; false if events before {@code base} existed
     * @throws IllegalArgumentException if an argument is out of range
     */
    void begin(String epoch, long base, boolean bornEmpty);

    /**
     * An invalidation from at or before {@code base} that is still retained. Called in the order of the sequences,
     * after {@link #begin} and before the first {@link #append}.
     *
     * @param sequence the event's sequence, at most {@code base}
     * @param age how long ago the event was published; zero or positive
     * @throws IllegalStateException if the order of calls is another
     */
    void restore(long sequence, Instant publishedAt, Duration age, LogEvent event);

    /**
     * Invalidations up to this sequence may be gone without a later one in their place. May be called at any time. A
     * reader that resumes from before it is told that it may have missed one.
     */
    void lostInvalidations(long through);

    /**
     * Receives the next event. A sequence that is not the one after the previous one means that the log has lost the
     * events between them: see {@link #skip}.
     *
     * @param sequence the event's sequence, higher than that of the previous event
     * @param publishedAt when the event was published, for display
     * @param age how long ago the event was published; zero or positive. The event is retained for the rest of its time
     * @throws IllegalArgumentException if the sequence is not higher than the previous one
     */
    void append(long sequence, Instant publishedAt, Duration age, LogEvent event);

    /**
     * The events after the last one, up to {@code through}, are gone before this hub could read them. Readers are told
     * a gap, which does not count as their fault.
     *
     * @param through the sequence of the last event that is gone, at least that of the last event
     * @param invalidations true if an invalidation may be among them
     */
    void skip(long through, boolean invalidations);

    /**
     * Decodes an event.
     *
     * @param bytes what {@link LogEvent#bytes} has returned, in this version or an earlier one
     * @throws IllegalArgumentException if the bytes are damaged or of a later version
     */
    LogEvent read(byte[] bytes);

    /**
     * Wakes the readers. Call this method after one or more appends, from any thread, and preferably without holding a
     * lock, because it may have to wake a thread.
     */
    void signal();

    /** The state of the log has changed; {@link LogState#CONNECTING} until the first call. */
    void state(LogState state);

    /**
     * A subscription was opened at a hub of this log: see {@link Neighbours#announce}. Called for the announcements of
     * all hubs, this one's included, in one order.
     *
     * @param id the subscription's id
     * @param token the token of the announcement; 0 if another hub made it
     * @param here true if this hub made the announcement
     */
    void announced(String id, long token, boolean here);
}
