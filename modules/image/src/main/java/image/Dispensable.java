package image;

import java.io.IOException;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipFile;

/**
 * Determines which jars the image does not need: jars that are empty, or that contain only annotations and similar
 * declarations for compilers.
 *
 * <p>The JVM ignores a missing annotation at run time. A jar can therefore be left out if it has no behaviour and no
 * resources, no code of another jar refers to its types, and no descriptor requires it at run time.
 */
final class Dispensable {

    private final List<Library> libraries;
    private final Set<String> required = new HashSet<>();

    Dispensable(List<Library> libraries) {
        this.libraries = List.copyOf(libraries);
        for (Library library : libraries) {
            library.descriptor().requires().stream()
                    .filter(requires -> !requires.modifiers().contains(Modifier.STATIC))
                    .forEach(requires -> required.add(requires.name()));
        }
    }

    /** Whether the image works without this jar. */
    boolean test(Library library) throws IOException {
        return library.findings().declarationsOnly()
                && !required.contains(library.name())
                && !touchedByOthers(library)
                && !hasResources(library);
    }

    private boolean touchedByOthers(Library library) {
        return libraries.stream()
                .filter(other -> !other.name().equals(library.name()))
                .flatMap(other -> other.findings().packages().stream())
                .anyMatch(library.descriptor().packages()::contains);
    }

    private static boolean hasResources(Library library) throws IOException {
        try (ZipFile zip = new ZipFile(library.jar().toFile())) {
            return zip.stream().anyMatch(entry -> !entry.isDirectory() && isResource(entry.getName()));
        }
    }

    /** Manifests, licences and build records are directly in META-INF, or below META-INF/maven. */
    private static boolean isResource(String entry) {
        return !entry.endsWith(".class") && !entry.matches("META-INF/(maven/.*|[^/]*)");
    }
}
