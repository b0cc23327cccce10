package app.logging;

import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The category of a record. Records of the same category share a rate limit.
 *
 * @param name the name of the category: the logger, the level, and the part of the message that no peer can vary
 * @param perSecond how many records of the category are written per second, over all peers
 */
record RecordCategory(String name, int perSecond) {

    /** The limit for records that a peer caused, and for records with a stack trace. */
    private static final int PEER_LIMIT = 10;

    /** The limit for other records of the hub: all gateways may reconnect at once, and each causes a line. */
    private static final int HUB_LIMIT = 100;

    /** The limit for errors of the hub: each gateway that may have lost an invalidation must have its line. */
    private static final int FAILURE_LIMIT = 1000;

    private static final int MAX_START = 80;

    /** The project's messages begin with what happened; the values start at the first of these characters. */
    private static final Pattern VALUES = Pattern.compile("[;:=,(\\[\"'0-9]");

    static RecordCategory of(LogRecord record, Origin origin, String message) {
        String name = record.getLoggerName() + " " + record.getLevel().getName() + " ";
        Throwable thrown = record.getThrown();
        if (origin == Origin.PEER) {
            // A library's message may begin with text of a peer; a message of this project does not.
            String what = record.getLoggerName().startsWith("push.") ? start(message) : "";
            return new RecordCategory(
                    name + what + (thrown == null ? "" : thrown.getClass().getName()), PEER_LIMIT);
        }
        int perSecond =
                record.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue() ? FAILURE_LIMIT : HUB_LIMIT;
        return new RecordCategory(name + start(message), thrown == null ? perSecond : PEER_LIMIT);
    }

    private static String start(String message) {
        Matcher values = VALUES.matcher(message);
        int end = values.find() ? values.start() : message.length();
        return message.substring(0, Math.min(end, MAX_START));
    }
}
