/**
 * The hub: one log of recent events, and subscriptions, each of which is a position in that log.
 *
 * <p>The path of an event: a publisher passes the event, through {@code LogPublisher}, to the
 * {@link push.engine.spi.EventLog}. The log assigns the sequence and the time ({@code MemoryLog}) and passes the event
 * to the {@code LogTail}, which adds it to the {@code EventStore} of the log's present life. The store keeps the event
 * among the {@code RecentEvents} (in a {@code Ring}). It also keeps an invalidation in the {@code InvalidationLane},
 * which has its own retention. The {@code Dispatcher} visits the {@link push.engine.Subscription}s whose readers wait.
 * The {@code DeliveryCoordinator} then has the reader's {@link push.engine.Courier} deliver, or wakes the reader;
 * {@code ReadOwnership} decides which of the two threads may read. A {@code Reader} advances the subscription's
 * {@code ReaderState}, at the pace of the owner: it merges the two retentions, skips events that its
 * {@link push.engine.Interest} does not match, and detects which events it has lost ({@code Losses}). A
 * {@code LookAhead} skips events that do not match while the reader waits. The {@code DeliverySource} turns the
 * result into {@link push.engine.Delivery deliveries}: each one is an {@link push.engine.Entry}, or a
 * {@link push.engine.Notice} about the stream itself. Nothing is copied for a subscription, and neither a
 * publisher nor a dispatcher ever waits for a subscription.
 *
 * <p>Three words for loss: <i>lost</i> events are those that a reader will not receive; <i>missed</i> is the number of
 * client events among them that a gap reports; <i>dropped</i> is the number of client events that a reader lost because
 * it lagged.
 *
 * <p>Each class is in one of seven layers, which are listed from the top to the bottom. A class uses only its own layer
 * and the layers below it. The classes after a semicolon are used only in their own layer. {@code LayersTest} checks
 * this. The first class of a layer is the one to read first.
 *
 * <pre>
 * hub         Hub, HubBuilder, HubStatus, SubscriptionOpener, Admission, SubscriptionReporter, Observers, EventLogs,
 *             LostLog
 * publishing  LogPublisher, TracedPublisher, TracedLog, EventTracer, HubObserver
 * delivery    Subscription, SubscriptionStatus, SubscriptionListener, Courier, Taken, End, Registry, DispatcherGroup,
 *             HubParts, HubConfig; DeliveryCoordinator, ReadOwnership, DeliverySource, Lifecycle, Farewell, Dispatcher,
 *             Remaining
 * reading     LogReader, Reader, LossListener, LagPolicy, Opening, SubscriptionRequest, SubscriptionRefused,
 *             StalePolicy; AtomicReaderState, ReaderState, Losses, LookAhead, OpeningRules
 * storage     LogTail, LogHealth, StoredEvent, EventStore, RecentEvents, InvalidationLane, Scan, RetentionConfig;
 *             EventCodec, Ring, Holes, InvalidationIndex, AudienceIndex, PageKinds
 * model       Delivery, Entry, EntrySize, Cursor, Notice, WireFormat, NoWireFormat, Resume, Interest, UserIds
 * support     EngineRuntime, Checks, HeapSize, LongPairs, Shards, SlidingWindowLimit, LogText
 * </pre>
 *
 * <p>{@link push.engine.Hub} is the entry point.
 */
package push.engine;
