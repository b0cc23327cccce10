package app.logging;

import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What makes records alike: of how many of them one is written.
 *
 * @param name of the kind: logger, level, and what no peer can vary at will
 * @param perSecond how many records of the kind are written in a second, whatever their peers
 */
record Kind(String name, int perSecond) {

    /** Of peers that nobody has asked for. */
    private static final int OF_PEERS = 10;

    /** A hub tells of each of its gateways, which may come back all at once. */
    private static final int OF_THE_HUB = 100;

    /** A line for each gateway is promised where an invalidation may be lost. */
    private static final int OF_FAILURES = 1000;

    private static final int MAX_START = 80;

    /** Our messages begin with what happened; the values follow behind the first of these. */
    private static final Pattern VALUES = Pattern.compile("[;:=,(\\[\"'0-9]");

    static Kind of(LogRecord record, Origin origin, String message) {
        String name = record.getLoggerName() + " " + record.getLevel().getName() + " ";
        Throwable thrown = record.getThrown();
        if (origin == Origin.PEER) {
            // A library's message may begin with a peer's words, ours does not.
            String what = record.getLoggerName().startsWith("push.") ? start(message) : "";
            return new Kind(
                    name + what + (thrown == null ? "" : thrown.getClass().getName()), OF_PEERS);
        }
        int perSecond =
                record.getLevel().intValue() >= java.util.logging.Level.SEVERE.intValue() ? OF_FAILURES : OF_THE_HUB;
        return new Kind(name + start(message), thrown == null ? perSecond : OF_PEERS);
    }

    private static String start(String message) {
        Matcher values = VALUES.matcher(message);
        int end = values.find() ? values.start() : message.length();
        return message.substring(0, Math.min(end, MAX_START));
    }
}
