package app.settings;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses sizes: a number of bytes, or a number with KiB, MiB or GiB. */
final class ByteSize {

    static final String FORM = "a number of bytes, or a number with KiB, MiB or GiB";

    private static final Pattern PATTERN = Pattern.compile("(\\d{1,18})\\s*([KMG]IB|B|)");

    private ByteSize() {}

    /** The size in bytes; empty if the text is not a size, or the size exceeds a long. */
    static OptionalLong parse(String text) {
        Matcher matcher = PATTERN.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        int shift = switch (matcher.group(2)) {
            case "KIB" -> 10;
            case "MIB" -> 20;
            case "GIB" -> 30;
            default -> 0;
        };
        return number > Long.MAX_VALUE >> shift ? OptionalLong.empty() : OptionalLong.of(number << shift);
    }
}
