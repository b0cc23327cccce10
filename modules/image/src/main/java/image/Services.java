package image;

import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The services that libraries without a descriptor look up.
 *
 * <p>An automatic module may look up any service, a named one only those that it declares, and fails on others even
 * when nobody provides them. Which class object reaches {@link java.util.ServiceLoader} is not always seen from the
 * outside (it may be handed through several calls), so a library that looks up anything declares all that it could:
 * every provided service that it can read, and every abstract type whose class object it mentions. Too many
 * declarations cost nothing but resolving providers, and the image holds those anyway.
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
     * What a library must declare to use.
     *
     * @param findings what was found in it
     * @param readable whether the library can see a type
     */
    Stream<String> usedBy(Findings findings, Predicate<String> readable) {
        if (!findings.loadsServices()) {
            return Stream.empty();
        }
        Stream<String> mentioned = findings.classConstants().stream().filter(candidates::contains);
        return Stream.concat(provided.stream(), mentioned).distinct().filter(readable);
    }
}
