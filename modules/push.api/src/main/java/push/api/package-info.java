/**
 * What a backend domain says to the hub.
 *
 * <p>A domain makes an {@link push.api.Event} and hands it to a {@link push.api.PushPublisher} or a
 * {@link push.api.SessionInvalidator}; the engine implements both. Everything here is an immutable
 * value or an interface, and safe for any number of threads.
 */
package push.api;
