package image;

import java.io.IOException;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A jar and its module, which may be an automatic module.
 *
 * @param jar the jar file
 * @param descriptor the module descriptor in the jar, or the one that Java derives for an automatic module
 * @param packages all packages that the jar has as a named module with a descriptor
 * @param findings the references found in the jar's classes
 */
record Library(Path jar, ModuleDescriptor descriptor, Set<String> packages, Findings findings) {

    /** The module's name. */
    String name() {
        return descriptor.name();
    }

    /**
     * Reads all jars of a folder, in the order of their file names.
     *
     * @throws ImageException if the folder contains no jar, two jars with the same module, or a jar that cannot be a
     *     module
     */
    static List<Library> in(Path folder) throws IOException {
        List<Path> jars;
        try (var files = Files.list(folder)) {
            jars = files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        }
        if (jars.isEmpty()) {
            throw new ImageException(
                    "There are no jars in " + folder + ".", "Copy the application's jars there first.");
        }
        List<Library> libraries = new ArrayList<>();
        Map<String, Path> seen = new HashMap<>();
        for (Path jar : jars) {
            Library library = read(jar);
            Path twin = seen.putIfAbsent(library.name(), jar);
            if (twin != null) {
                throw new ImageException(
                        "Module " + library.name() + " is in two jars: " + twin.getFileName() + " and "
                                + jar.getFileName() + ".",
                        "Clean the build if one of them is left from an earlier version; else exclude one.");
            }
            libraries.add(library);
        }
        return List.copyOf(libraries);
    }

    private static Library read(Path jar) throws IOException {
        ModuleDescriptor descriptor = describe(jar);
        Set<String> packages = descriptor.isAutomatic() ? Packages.in(jar) : descriptor.packages();
        return new Library(jar, descriptor, packages, ReferenceScanner.scan(jar));
    }

    private static ModuleDescriptor describe(Path jar) {
        try {
            return ModuleFinder.of(jar).findAll().iterator().next().descriptor();
        } catch (FindException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new ImageException(
                    jar.getFileName() + " is not a module and cannot become one: " + cause.getMessage(),
                    "Exclude the jar, or take a version whose manifest has an Automatic-Module-Name.");
        }
    }
}
