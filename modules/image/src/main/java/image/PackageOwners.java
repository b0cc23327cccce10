package image;

import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The module that contains each package, for all packages of the JDK and the application. */
final class PackageOwners {

    private final Map<String, String> owners = new HashMap<>();

    /**
     * @throws ImageException if two modules contain a package of the same name: a single class loader defines all
     *     classes of the application, and cannot distinguish such packages
     */
    PackageOwners(Collection<Library> application) {
        List<String> split = new ArrayList<>();
        ModuleFinder.ofSystem().findAll().stream()
                .map(ModuleReference::descriptor)
                .forEach(module -> own(module.name(), module.packages(), split));
        application.forEach(library -> own(library.name(), library.packages(), split));
        if (!split.isEmpty()) {
            throw new ImageException(
                    "Packages are split over modules:" + System.lineSeparator()
                            + String.join(System.lineSeparator(), split),
                    "Exclude one module of each pair, or take versions in which the package is whole.");
        }
    }

    /**
     * The module that contains a package; empty if none does, so that the package is part of an optional dependency.
     */
    Optional<String> of(String packageName) {
        return Optional.ofNullable(owners.get(packageName));
    }

    /** The module that contains the package of a type. */
    Optional<String> ofType(String type) {
        return of(type.substring(0, Math.max(type.lastIndexOf('.'), 0)));
    }

    private void own(String module, Set<String> packages, List<String> split) {
        for (String name : packages) {
            String other = owners.putIfAbsent(name, module);
            if (other != null) {
                split.add("  " + name + " is in " + other + " and in " + module);
            }
        }
    }
}
