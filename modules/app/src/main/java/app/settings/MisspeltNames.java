package app.settings;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds names that are probably meant for the hub, and not for another program: names that begin as only the hub's
 * names do, or that differ from one of the hub's names by at most two typing errors. Immutable.
 */
final class MisspeltNames {

    private static final int MOST_ERRORS = 2;

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[._]");

    private final KnownKeys names;
    private final Set<String> beginnings;

    /**
     * Creates a comparison with the correct names.
     *
     * @param names the correct names: words separated by dots or underscores
     * @param beginning a prefix that only the hub's names have, in addition to the first two words of each name
     */
    MisspeltNames(Collection<String> names, String beginning) {
        this.names = new KnownKeys(names);
        this.beginnings = names.stream()
                .flatMap(name -> firstTwoWords(name).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        beginnings.add(beginning);
    }

    /** The first two words, such as {@code AUTH_DB_} of {@code AUTH_DB_URL}: other programs rarely use them. */
    private static Optional<String> firstTwoWords(String name) {
        String[] words = BETWEEN_WORDS.split(name, 3);
        return words.length == 3 ? Optional.of(name.substring(0, name.length() - words[2].length())) : Optional.empty();
    }

    /** The name that is probably meant; empty if the name is probably not meant for the hub. */
    Optional<String> meantBy(String name) {
        boolean isOurs = beginnings.stream().anyMatch(name::startsWith)
                || names.single().stream().anyMatch(right -> EditDistance.isWithin(MOST_ERRORS, name, right));
        return isOurs ? Optional.of(names.nearest(name)) : Optional.empty();
    }
}
