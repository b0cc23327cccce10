package notification;

/**
 * The result of an accepted notification, for its caller.
 *
 * @param eventId the event's id, as gateways see it
 * @param cursor the event's position in the log
 */
record Accepted(String eventId, String cursor) {}
