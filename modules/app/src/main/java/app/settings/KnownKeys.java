package app.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys that there may be. A segment of a key can stand for many: {@value #NUMBER} for the number of a list's element,
 * {@value #NAME} for a name that the operator chooses, and {@value #REST} at the end for one segment or more. Immutable.
 */
final class KnownKeys {

    static final String NUMBER = "*";
    static final String NAME = "+";
    static final String REST = "**";

    private static final int WORD_ERRORS = 2;
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[._]");
    private static final Pattern DOT = Pattern.compile("\\.");

    private final SortedSet<String> keys;
    private final List<String[]> patterns;

    /** @param keys at least one */
    KnownKeys(Collection<String> keys) {
        this.keys = new TreeSet<>(keys);
        this.patterns = this.keys.stream()
                .filter(key -> key.contains(NUMBER) || key.contains(NAME))
                .map(KnownKeys::segments)
                .toList();
    }

    private static String[] segments(String key) {
        return DOT.split(key, -1);
    }

    /** Those that are one key each, in alphabetical order. */
    Set<String> single() {
        return keys.stream()
                .filter(key -> !key.contains(NUMBER) && !key.contains(NAME))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether this is a key. */
    boolean contains(String key) {
        if (keys.contains(key)) {
            return true;
        }
        String[] segments = segments(key);
        return patterns.stream().anyMatch(pattern -> matches(pattern, segments));
    }

    private static boolean matches(String[] pattern, String[] segments) {
        boolean open = pattern[pattern.length - 1].equals(REST);
        if (open ? segments.length < pattern.length : segments.length != pattern.length) {
            return false;
        }
        for (int i = 0; i < pattern.length; i++) {
            if (!matches(pattern[i], segments[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean matches(String pattern, String segment) {
        return switch (pattern) {
            case NAME, REST -> true;
            case NUMBER -> isNumber(segment);
            default -> pattern.equals(segment);
        };
    }

    private static boolean isNumber(String segment) {
        return !segment.isEmpty() && segment.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /**
     * The key that takes the fewest typing errors to become this text. A word between dots or underscores that is
     * missing or added counts as two errors, and upper case as none.
     */
    String nearest(String text) {
        String[] segments = segments(text);
        String[] written = words(text);
        return keys.stream()
                .map(key -> withNamesOf(segments, key))
                .min(Comparator.comparingInt(key -> distance(written, words(key))))
                .orElseThrow();
    }

    private static String[] words(String key) {
        return BETWEEN_WORDS.split(key.toLowerCase(Locale.ROOT), -1);
    }

    private static int distance(String[] written, String[] key) {
        int[] row = new int[key.length + 1];
        for (int j = 0; j <= key.length; j++) {
            row[j] = j * WORD_ERRORS;
        }
        for (int i = 1; i <= written.length; i++) {
            int[] last = row.clone();
            row[0] = i * WORD_ERRORS;
            for (int j = 1; j <= key.length; j++) {
                int replaced = last[j - 1] + EditDistance.between(written[i - 1], key[j - 1]);
                row[j] = Math.min(replaced, WORD_ERRORS + Math.min(last[j], row[j - 1]));
            }
        }
        return row[key.length];
    }

    /** A key with the numbers and names that a text has in the same places. */
    private static String withNamesOf(String[] segments, String key) {
        String[] own = segments(key);
        return Stream.iterate(0, i -> i < own.length, i -> i + 1)
                .filter(i -> !own[i].equals(REST))
                .map(i -> i < segments.length && isReplaceable(own[i], segments[i]) ? segments[i] : own[i])
                .collect(Collectors.joining("."));
    }

    private static boolean isReplaceable(String own, String segment) {
        return own.equals(NAME) || (own.equals(NUMBER) && isNumber(segment));
    }
}
