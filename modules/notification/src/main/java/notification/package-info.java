/**
 * Accepts notifications, and publishes them as client events.
 *
 * <p>{@link notification.NotificationRoutes} is the HTTP face. A request is read into a {@code Submission}, item by
 * item, each held against the {@code Catalogue} of kinds; a {@code Publication} hands its events to the hub, once for each
 * {@code Idempotency-Key}.
 */
package notification;
