package app.settings;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Suggests a correct name for a misspelled one, if the misspelled name is probably meant for the hub and not for
 * another program: if it begins as only the hub's names do, or if it differs from one of them by at most two typing
 * errors. Immutable.
 */
final class NameSuggestions {

    private static final int MAX_ERRORS = 2;

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[._]");

    private final KnownKeys names;
    private final Set<String> prefixes;

    /**
     * Suggests names from a collection.
     *
     * @param names the correct names: words separated by dots or underscores
     * @param prefix a prefix that only the hub's names have, in addition to the first two words of each name
     */
    NameSuggestions(Collection<String> names, String prefix) {
        this.names = new KnownKeys(names);
        this.prefixes = names.stream()
                .flatMap(name -> firstTwoWords(name).stream())
                .collect(Collectors.toCollection(TreeSet::new));
        prefixes.add(prefix);
    }

    /** The first two words, such as {@code AUTH_DB_} of {@code AUTH_DB_URL}: other programs rarely use them. */
    private static Optional<String> firstTwoWords(String name) {
        String[] words = BETWEEN_WORDS.split(name, 3);
        return words.length == 3 ? Optional.of(name.substring(0, name.length() - words[2].length())) : Optional.empty();
    }

    /** The correct name that is nearest to a wrong name; empty if the wrong name is probably not meant for the hub. */
    Optional<String> suggestionFor(String name) {
        boolean isForTheHub = prefixes.stream().anyMatch(name::startsWith)
                || names.withoutWildcards().stream()
                        .anyMatch(correct -> EditDistance.isWithin(MAX_ERRORS, name, correct));
        return isForTheHub ? Optional.of(names.nearest(name)) : Optional.empty();
    }
}
