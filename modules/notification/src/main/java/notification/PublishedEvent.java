package notification;

/**
 * A published event, for the response to the caller.
 *
 * @param eventId the event's id, as gateways see it
 * @param cursor the event's position in the log
 */
record PublishedEvent(String eventId, String cursor) {}
