package image;

import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The services that libraries without a descriptor may look up.
 *
 * <p>An automatic module may look up any service. A module with a descriptor may look up only the services that it
 * declares; the lookup of any other service fails, even if the service has no provider. A scan cannot always determine
 * which class object reaches {@link java.util.ServiceLoader}, because it may be passed through several calls. A library
 * that looks up any service therefore declares all candidates: every provided service that it can read, and every
 * abstract type whose class literal it contains. Unneeded declarations only make Java resolve more providers, which the
 * image contains anyway.
 */
final class Services {

    private final Set<String> provided = new HashSet<>();
    private final Set<String> candidates = new HashSet<>();

    Services(Collection<Library> libraries) {
        for (Library library : libraries) {
            library.descriptor().provides().forEach(provides -> provided.add(provides.service()));
            candidates.addAll(library.findings().abstractTypes());
        }
        for (ModuleReference module : ModuleFinder.ofSystem().findAll()) {
            candidates.addAll(module.descriptor().uses());
            module.descriptor().provides().forEach(provides -> candidates.add(provides.service()));
        }
    }

    /**
     * The services that a library must declare with {@code uses}.
     *
     * @param findings the findings about the library
     * @param readable a predicate that is true for a type that the library can read
     */
    Stream<String> usedBy(Findings findings, Predicate<String> readable) {
        if (!findings.loadsServices()) {
            return Stream.empty();
        }
        Stream<String> mentioned = findings.classConstants().stream().filter(candidates::contains);
        return Stream.concat(provided.stream(), mentioned).distinct().filter(readable);
    }
}
