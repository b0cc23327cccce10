package notification;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The known kinds of notification.
 *
 * @param open whether notifications of other kinds are accepted too, without a check
 * @param kinds the known kinds, each once
 */
public record CatalogueConfig(boolean open, List<KindRules> kinds) {

    /** @throws IllegalArgumentException when a kind is listed twice */
    public CatalogueConfig {
        kinds = List.copyOf(kinds);
        Set<String> names = new HashSet<>();
        for (KindRules kind : kinds) {
            if (!names.add(kind.name())) {
                throw new IllegalArgumentException(
                        "kinds must not have duplicates, and had \"" + kind.name() + "\" twice");
            }
        }
    }

    /** A catalogue that accepts every kind, with any payload. */
    public static CatalogueConfig everything() {
        return new CatalogueConfig(true, List.of());
    }
}
