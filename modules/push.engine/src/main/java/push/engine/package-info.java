/**
 * The hub: one log of recent events, and subscriptions that are positions in it.
 *
 * <p>The way of an event: a publisher hands it, by way of
 * {@code LogPublisher}, to the {@link
 * push.engine.spi.EventLog}, which stamps it ({@code MemoryLog}) and passes it to the recent events
 * ({@code RecentEvents}, kept in a {@code Ring}). The {@code Dispatcher} wakes parked {@link
 * push.engine.Subscription}s, whose own threads then pull {@link push.engine.Entry entries} at their
 * own pace. Nothing is copied for a subscription, and nothing here ever waits for one.
 *
 * <p>{@link push.engine.Hub} is the way in for everyone.
 */
package push.engine;
