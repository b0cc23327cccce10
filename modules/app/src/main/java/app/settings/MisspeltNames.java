package app.settings;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Tells names that are probably meant for the hub from those of other programs: names that begin as only the hub's do, or
 * that at most two typing errors make one of the hub's. Immutable.
 */
final class MisspeltNames {

    private static final int MOST_ERRORS = 2;

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[._]");

    private final KnownKeys names;
    private final Set<String> beginnings;

    /**
     * Compares with what is right.
     *
     * @param names those that are right: words with a dot or an underscore between them
     * @param beginning with what no other program's names begin, beside the first two words of each name
     */
    MisspeltNames(Collection<String> names, String beginning) {
        this.names = new KnownKeys(names);
        this.beginnings = names.stream()
                .flatMap(name -> firstTwoWords(name).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        beginnings.add(beginning);
    }

    /** {@code AUTH_DB_} of {@code AUTH_DB_URL}: another program's names hardly begin like this. */
    private static Optional<String> firstTwoWords(String name) {
        String[] words = BETWEEN_WORDS.split(name, 3);
        return words.length == 3 ? Optional.of(name.substring(0, name.length() - words[2].length())) : Optional.empty();
    }

    /** The name that is probably meant; empty where none of the hub's is. */
    Optional<String> meantBy(String name) {
        boolean isOurs = beginnings.stream().anyMatch(name::startsWith)
                || names.single().stream().anyMatch(right -> EditDistance.isWithin(MOST_ERRORS, name, right));
        return isOurs ? Optional.of(names.nearest(name)) : Optional.empty();
    }
}
