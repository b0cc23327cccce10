package app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder that is gone, with all that is in it, when it is closed. */
final class ScratchFolder implements AutoCloseable {

    private final Path path;

    /** @param prefix what its name begins with */
    ScratchFolder(String prefix) {
        try {
            path = Files.createTempDirectory(prefix);
        } catch (IOException e) {
            throw new CliException("can't make a folder for temporary files (" + e.getMessage()
                    + "); see that there is room in " + System.getProperty("java.io.tmpdir"));
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try (Stream<Path> paths = Files.walk(path)) {
            for (Path each : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw new CliException("can't delete " + path + " (" + e.getMessage() + "); delete it by hand");
        }
    }
}
