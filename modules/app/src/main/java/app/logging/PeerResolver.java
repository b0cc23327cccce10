package app.logging;

import java.util.function.IntFunction;
import java.util.logging.LogRecord;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the peer that a record is about. Thread-safe. */
final class PeerResolver {

    private static final String UNKNOWN = "";

    /** The project's own messages contain the peer, or else the gateway. */
    private static final Pattern ADDRESS = Pattern.compile("\\bpeer=(\\S+)");

    private static final Pattern GATEWAY = Pattern.compile("\\bgateway_client_id=(\\S*)");

    /** The web server's messages and thread names contain the identity hash code of the channel. */
    private static final Pattern CHANNEL = Pattern.compile("^\\[0x([0-9a-f]{1,8}) ");

    private volatile IntFunction<@Nullable String> addresses = channel -> null;

    /** @param addresses returns the address for the identity hash code of a channel; null if it is not known */
    void use(IntFunction<@Nullable String> addresses) {
        this.addresses = addresses;
    }

    /** The peer's address without its port, or the gateway's id; empty if neither is known. */
    String of(LogRecord record, Origin origin, String message) {
        if (record.getLoggerName() != null && record.getLoggerName().startsWith("push.")) {
            String address = first(ADDRESS, message, UNKNOWN);
            return address.isEmpty() ? first(GATEWAY, message, UNKNOWN) : withoutPort(address);
        }
        String channel =
                first(CHANNEL, message, first(CHANNEL, Thread.currentThread().getName(), UNKNOWN));
        if (origin == Origin.HUB || channel.isEmpty()) {
            return UNKNOWN;
        }
        String address = addresses.apply(Integer.parseUnsignedInt(channel, 16));
        return address == null ? UNKNOWN : address;
    }

    private static String first(Pattern pattern, String text, String otherwise) {
        Matcher found = pattern.matcher(text);
        return found.find() ? found.group(1) : otherwise;
    }

    /** Removes the port, because a peer that reconnects has another port. */
    private static String withoutPort(String peer) {
        int colon = peer.lastIndexOf(':');
        boolean isPort = colon > 0 && peer.substring(colon + 1).chars().allMatch(Character::isDigit);
        return isPort ? peer.substring(0, colon) : peer;
    }
}
