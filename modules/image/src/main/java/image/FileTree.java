package image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** A folder with everything below it. */
final class FileTree {

    private FileTree() {}

    /** Deletes the folder, if there is one. Symbolic links are removed, not followed. */
    static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            for (Path path : below(folder).reversed()) {
                Files.delete(path);
            }
        }
    }

    /** Copies the folder's content into {@code target}, which is made if it is not there. */
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

    /** How many bytes all files have together. */
    static long size(Path folder) throws IOException {
        long bytes = 0;
        for (Path path : below(folder)) {
            bytes += Files.isRegularFile(path) ? Files.size(path) : 0;
        }
        return bytes;
    }

    /** Each folder comes before what it holds. */
    private static List<Path> below(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            return paths.sorted(Comparator.naturalOrder()).toList();
        }
    }
}
