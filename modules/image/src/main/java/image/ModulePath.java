package image;

import java.nio.file.Path;
import java.util.List;

/**
 * A folder of jars that are all real modules.
 *
 * @param folder where the jars are
 * @param modules the names of all modules
 * @param nativeModules the names of those that load native libraries
 * @param derived the names of those whose descriptors were derived
 * @param dropped the file names of the jars left out
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
