package image;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Turns a folder of jars into a folder of modules. */
final class Modularizer {

    private Modularizer() {}

    /**
     * Copies every jar that the image needs to {@code target}, and names the copy after its module. A jar without a
     * descriptor gets one.
     *
     * @param jars the folder with the jars
     * @param target the folder to write to; created if it does not exist
     * @throws ImageException if the jars cannot form a module graph
     */
    static ModulePath modularize(Path jars, Path target) throws IOException {
        List<Library> all = Library.in(jars);
        List<Library> needed = needed(all);
        List<Module> modules = describe(needed);
        RequiresCycles.check(modules.stream().map(Module::descriptor).toList());

        Files.createDirectories(target);
        for (Module module : modules) {
            write(module, target.resolve(module.descriptor().name() + ".jar"));
        }
        return new ModulePath(
                target,
                names(needed, library -> true),
                names(needed, library -> library.findings().loadsNativeCode()),
                names(needed, library -> library.descriptor().isAutomatic()),
                all.stream()
                        .filter(library -> !needed.contains(library))
                        .map(library -> library.jar().getFileName().toString())
                        .toList());
    }

    /** A library with its descriptor for the image. */
    private record Module(Library library, ModuleDescriptor descriptor) {}

    private static List<Library> needed(List<Library> libraries) throws IOException {
        Dispensable dispensable = new Dispensable(libraries);
        List<Library> needed = new ArrayList<>();
        for (Library library : libraries) {
            if (!dispensable.test(library)) {
                needed.add(library);
            }
        }
        return needed;
    }

    private static List<Module> describe(List<Library> libraries) {
        PackageOwners owners = new PackageOwners(libraries);
        DescriptorDeriver deriver = new DescriptorDeriver(libraries, owners);
        return libraries.stream()
                .map(library -> new Module(
                        library, library.descriptor().isAutomatic() ? deriver.derive(library) : library.descriptor()))
                .toList();
    }

    private static void write(Module module, Path copy) throws IOException {
        Library library = module.library();
        if (library.descriptor().isAutomatic()) {
            JarRewriter.rewrite(library.jar(), module.descriptor(), copy);
        } else {
            Files.copy(library.jar(), copy);
        }
    }

    private static List<String> names(List<Library> libraries, Predicate<Library> predicate) {
        return libraries.stream().filter(predicate).map(Library::name).toList();
    }
}
