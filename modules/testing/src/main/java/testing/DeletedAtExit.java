package testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Folders that are deleted with all their files when the process exits. */
final class DeletedAtExit {

    private static final List<Path> FOLDERS = new CopyOnWriteArrayList<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(DeletedAtExit::delete, "delete-test-folders"));
    }

    private DeletedAtExit() {}

    static void add(Path folder) {
        FOLDERS.add(folder);
    }

    private static void delete() {
        for (Path folder : FOLDERS) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException e) {
                System.err.println("left behind: " + folder + " (" + e.getMessage() + ")");
            }
        }
    }
}
