package notification;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The kinds of notification that there are.
 *
 * @param open whether other kinds than these are accepted too, as they come
 * @param kinds those that are known, each once
 */
public record CatalogueConfig(boolean open, List<KindRules> kinds) {

    /** @throws IllegalArgumentException when a kind is there twice */
    public CatalogueConfig {
        kinds = List.copyOf(kinds);
        Set<String> names = new HashSet<>();
        for (KindRules kind : kinds) {
            if (!names.add(kind.name())) {
                throw new IllegalArgumentException("kinds must not have one twice, and had \"" + kind.name() + "\"");
            }
        }
    }

    /** Accepts every kind, with any payload. */
    public static CatalogueConfig everything() {
        return new CatalogueConfig(true, List.of());
    }
}
