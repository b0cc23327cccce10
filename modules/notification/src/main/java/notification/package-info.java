/**
 * Accepts notifications, and publishes them as client events.
 *
 * <p>{@link notification.NotificationRoutes} serves the HTTP calls. A request is read into a {@code Submission}, item
 * by item, and each item is checked against the {@code Catalogue} of kinds. A {@code Publication} passes the events to
 * the hub, once for each {@code Idempotency-Key}.
 */
package notification;
