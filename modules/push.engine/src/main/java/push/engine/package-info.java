/**
 * The hub: one log of recent events, and subscriptions that are places in it.
 *
 * <p>The way of an event: a publisher hands it, by way of {@code LogPublisher}, to the
 * {@link push.engine.spi.EventLog}, which stamps it ({@code MemoryLog}) and passes it to the {@code EventStore}. That
 * keeps it among the {@code RecentEvents} (in a {@code Ring}) and, if it is an invalidation, in the
 * {@code InvalidationLane} too, which forgets later. The {@code Dispatcher} goes round the
 * {@link push.engine.Subscription}s whose readers wait: it borrows a reader's {@code Turn} and has its
 * {@link push.engine.Courier} deliver, or else wakes the reader ({@code Handover}). A {@code Reader} moves the
 * subscription's {@code Place} along, at the pace of whoever has the turn: it merges the two, leaves out what its
 * {@link push.engine.Interest} does not match, and finds out what it has lost. What its {@code Feed} makes of that is a
 * {@link push.engine.Delivery}: an {@link push.engine.Entry}, or a {@link push.engine.Notice} about the stream itself.
 * Nothing is copied for a subscription, and nothing here ever waits for one.
 *
 * <p><i>Lost</i> is what a reader will not get; <i>missed</i>, how many client events of it a gap tells;
 * <i>dropped</i>, how many it lost by lagging.
 *
 * <p>{@link push.engine.Hub} is the way in for everyone.
 */
package push.engine;
