package image;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Derives the descriptor that an automatic module would have if its authors had written one.
 *
 * <p>The module is open and exports all packages, as an automatic module does. It requires the modules that its code
 * refers to. It requires them transitively, because modules that require an automatic module may rely on reading them
 * too. A reference to a package that no module contains is an optional dependency, and is not required.
 */
final class DescriptorDeriver {

    private final PackageOwners owners;
    private final Services services;

    DescriptorDeriver(Collection<Library> libraries, PackageOwners owners) {
        this.owners = owners;
        this.services = new Services(libraries);
    }

    /** The descriptor for an automatic module. */
    ModuleDescriptor derive(Library library) {
        ModuleDescriptor automatic = library.descriptor();
        Set<String> requires = requires(library);
        Set<String> readable = new HashSet<>(requires);
        readable.add(library.name());
        readable.add("java.base");

        ModuleDescriptor.Builder module = ModuleDescriptor.newOpenModule(library.name());
        automatic.rawVersion().ifPresent(module::version);
        module.requires(Set.of(Modifier.MANDATED), "java.base");
        requires.forEach(name -> module.requires(Set.of(Modifier.TRANSITIVE), name));
        module.packages(library.packages());
        automatic.packages().forEach(module::exports);
        services.usedBy(library.findings(), type -> isReadable(type, readable)).forEach(module::uses);
        automatic.provides().stream()
                // Nothing looks up a provider for an optional library that is missing.
                .filter(provides -> isReadable(provides.service(), readable))
                .forEach(module::provides);
        return module.build();
    }

    private Set<String> requires(Library library) {
        Set<String> requires = new HashSet<>();
        for (String touched : library.findings().packages()) {
            owners.of(touched).ifPresent(requires::add);
        }
        // A service file may be the only reference to the module of the service.
        library.descriptor()
                .provides()
                .forEach(provides -> owners.ofType(provides.service()).ifPresent(requires::add));
        requires.remove(library.name());
        requires.remove("java.base");
        requires.removeIf(name -> !OptionalJdk.isNeeded(name, library.findings()));
        return requires;
    }

    private boolean isReadable(String type, Set<String> readable) {
        return owners.ofType(type).filter(readable::contains).isPresent();
    }
}
