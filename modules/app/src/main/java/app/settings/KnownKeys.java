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
 * A set of valid keys. A segment of a key can be a wildcard: {@value #NUMBER} for the number of a list element, {@value
 * #NAME} for a name that the operator chooses, and {@value #REST} at the end for one or more segments. Immutable.
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

    /** @param keys the keys; at least one */
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

    /** The keys without wildcards, in alphabetical order. */
    Set<String> withoutWildcards() {
        return keys.stream()
                .filter(key -> !key.contains(NUMBER) && !key.contains(NAME))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Whether a text is a valid key. */
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
     * The key that differs from a text by the fewest typing errors. A missing or added word between dots or underscores
     * counts as two errors. Upper and lower case do not matter.
     */
    String nearest(String text) {
        String[] segments = segments(text);
        String[] written = words(text);
        return keys.stream()
                .map(key -> withNamesOf(segments, key))
                .min(Comparator.<String>comparingInt(key -> distance(written, words(key)))
                        .thenComparingInt(key -> -commonPrefix(text, key)))
                .orElseThrow();
    }

    private static int commonPrefix(String text, String key) {
        int length = 0;
        while (length < Math.min(text.length(), key.length())
                && Character.toLowerCase(text.charAt(length)) == Character.toLowerCase(key.charAt(length))) {
            length++;
        }
        return length;
    }

    private static String[] words(String key) {
        return BETWEEN_WORDS.split(key.toLowerCase(Locale.ROOT), -1);
    }

    /** Compares word by word, and as texts without separators: one may be missing or too many. */
    private static int distance(String[] written, String[] key) {
        return Math.min(distanceOfWords(written, key), EditDistance.between(joined(written), joined(key)));
    }

    private static String joined(String[] words) {
        return String.join("", words).replace("-", "");
    }

    private static int distanceOfWords(String[] written, String[] key) {
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

    /** A key whose wildcards are replaced by the numbers and names of a text in the same positions. */
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
