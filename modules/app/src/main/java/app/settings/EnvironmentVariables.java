package app.settings;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * The hub's settings from the environment: {@code PUSH_FRESHNESS_WINDOW} sets {@code push.freshness-window}. Immutable.
 *
 * <p>Kubernetes sets variables with the addresses of services in every container. Those of a service named {@code push}
 * or {@code server} look like variables of the hub, and are ignored.
 *
 * @param settings the values by key
 * @param warnings one sentence for each variable that is probably meant for the hub but has no effect, without its
 *     value, which may be a secret
 */
record EnvironmentVariables(Map<String, String> settings, List<String> warnings) {

    /** The name of the freshness window in the reference service. */
    private static final String REFERENCE_WINDOW = "BACKEND_FRESHNESS_WINDOW";

    private static final String WINDOW = "push.freshness-window";

    /** The variable that the launcher reads. */
    private static final String JAVA_OPTIONS = "PUSH_JAVA_OPTS";

    /** Names that begin like this are probably meant for the hub. */
    private static final String PREFIX = "PUSH_";

    private static final String SERVER = "SERVER_";

    private static final Pattern SERVICE_LINK =
            Pattern.compile(".+_SERVICE_(HOST|PORT(_.+)?)|.+_PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?");

    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    EnvironmentVariables {
        settings = Map.copyOf(settings);
        warnings = List.copyOf(warnings);
    }

    /**
     * Selects the hub's variables from the environment.
     *
     * @param variables the environment: all variables by name
     * @param keys the keys that a variable can set
     * @param serverKeys supplies the keys that only the file and system properties can set; called only for a variable
     *     that begins with {@code SERVER_} and sets none of {@code keys}
     */
    static EnvironmentVariables of(
            Map<String, String> variables, Collection<String> keys, Supplier<Set<String>> serverKeys) {
        Map<String, String> keyByName = new TreeMap<>();
        keyByName.put(REFERENCE_WINDOW, WINDOW);
        keyByName.put(JAVA_OPTIONS, "");
        keys.forEach(key -> keyByName.put(nameOf(key), key));
        NameSuggestions suggestions = new NameSuggestions(keyByName.keySet(), PREFIX);
        Map<String, String> settings = new HashMap<>();
        List<String> warnings = new ArrayList<>();
        // In alphabetical order, so PUSH_FRESHNESS_WINDOW overrides BACKEND_FRESHNESS_WINDOW.
        new TreeMap<>(variables).forEach((name, value) -> {
            if (isServiceLink(name, value)) {
                return;
            }
            if (!keyByName.containsKey(name)) {
                warning(name, suggestions, serverKeys).ifPresent(warnings::add);
            } else if (!name.equals(JAVA_OPTIONS)) {
                settings.put(keyByName.get(name), value);
            }
        });
        return new EnvironmentVariables(settings, warnings);
    }

    /** The name of the variable that sets a key. */
    static String nameOf(String key) {
        return key.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    private static boolean isServiceLink(String name, String value) {
        return SERVICE_LINK.matcher(name).matches()
                || (name.endsWith("_PORT") && SERVICE_ADDRESS.matcher(value).matches());
    }

    private static Optional<String> warning(
            String name, NameSuggestions suggestions, Supplier<Set<String>> serverKeys) {
        String asVariable = nameOf(name);
        String noEffect = "the environment variable " + name + " has no effect: ";
        return serverKey(asVariable, serverKeys)
                .map(key -> noEffect + key + " can be set only in the file or as a system property")
                .or(() -> suggestions
                        .suggestionFor(asVariable)
                        .map(nearest ->
                                noEffect + "it does not name a key of this configuration; the nearest is " + nearest));
    }

    private static Optional<String> serverKey(String name, Supplier<Set<String>> serverKeys) {
        return name.startsWith(SERVER)
                ? serverKeys.get().stream()
                        .filter(key -> nameOf(key).equals(name))
                        .findFirst()
                : Optional.empty();
    }
}
