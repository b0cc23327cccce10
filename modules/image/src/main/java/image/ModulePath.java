package image;

import java.nio.file.Path;
import java.util.List;

/**
 * A folder of jars that all have a module descriptor.
 *
 * @param folder the folder with the jars
 * @param modules the names of all modules
 * @param nativeModules the names of the modules that load native libraries
 * @param derived the names of the modules with a derived descriptor
 * @param dropped the file names of the jars that were left out
 */
record ModulePath(
        Path folder, List<String> modules, List<String> nativeModules, List<String> derived, List<String> dropped) {

    ModulePath {
        modules = modules.stream().sorted().toList();
        nativeModules = nativeModules.stream().sorted().toList();
        derived = derived.stream().sorted().toList();
        dropped = dropped.stream().sorted().toList();
    }
}
