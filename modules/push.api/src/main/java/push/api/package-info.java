/**
 * The interface through which a backend domain publishes to the hub.
 *
 * <p>A domain creates an {@link push.api.Event} and passes it to a {@link push.api.PushPublisher} or a
 * {@link push.api.SessionInvalidator}; the engine implements both. Every type here is an immutable value or an
 * interface, and is safe for any number of threads.
 */
package push.api;
