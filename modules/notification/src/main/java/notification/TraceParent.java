package notification;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code traceparent} of W3C Trace Context, level 1. */
final class TraceParent {

    // Version ff is invalid; later versions may have more behind the flags.
    private static final Pattern FORM =
            Pattern.compile("(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?");

    private TraceParent() {}

    /** The trace id in the header; empty where the header is absent or malformed. */
    static String traceId(String header) {
        Matcher matcher = FORM.matcher(header);
        boolean valid = matcher.matches() && !isZero(matcher.group(1)) && !isZero(matcher.group(2));
        return valid ? matcher.group(1) : "";
    }

    private static boolean isZero(String hex) {
        return hex.chars().allMatch(c -> c == '0');
    }
}
