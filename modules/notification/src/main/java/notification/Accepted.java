package notification;

/**
 * What a caller gets for a notification.
 *
 * @param eventId the event's name, as gateways see it
 * @param cursor the event's place in the log
 */
record Accepted(String eventId, String cursor) {}
