/**
 * Accepts notifications, and publishes them as client events.
 *
 * <p>{@link notification.NotificationRoutes} is the HTTP face; it makes a {@code ClientEvent} from a
 * request and hands it to the hub. {@link notification.IdempotencyKeys} sees to it that a repeated
 * request is published once.
 */
package notification;
