package image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** Operations on a folder with everything below it. */
final class FileTree {

    private FileTree() {}

    /** Deletes the folder if it exists. Symbolic links are deleted, not followed. */
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path path : below(folder).reversed()) {
                Files.delete(path);
            }
        }
    }

    /** Copies the folder's content into {@code target}, which is created if it does not exist. */
    static void copy(Path folder, Path target) throws IOException {
        for (Path path : below(folder)) {
            Path copy = target.resolve(folder.relativize(path).toString());
            if (Files.isDirectory(path)) {
                Files.createDirectories(copy);
            } else {
                Files.copy(path, copy);
            }
        }
    }

    /** The total size of all files, in bytes. */
    static long size(Path folder) throws IOException {
        long bytes = 0;
        for (Path path : below(folder)) {
            bytes += Files.isRegularFile(path) ? Files.size(path) : 0;
        }
        return bytes;
    }

    /** The folder and everything below it. Each folder precedes its content. */
    private static List<Path> below(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            return paths.sorted(Comparator.naturalOrder()).toList();
        }
    }
}
