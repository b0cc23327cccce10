package app.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary folder. {@link #close} deletes it with its content. */
final class TemporaryFolder implements AutoCloseable {

    private final Path path;

    /** @param prefix the start of the folder's name */
    TemporaryFolder(String prefix) {
        try {
            path = Files.createTempDirectory(prefix);
        } catch (IOException e) {
            throw new CliException("cannot create a temporary folder (" + e.getMessage() + "); check that "
                    + System.getProperty("java.io.tmpdir") + " is writable and has free space");
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
            throw new CliException("cannot delete " + path + " (" + e.getMessage() + "); delete it manually");
        }
    }
}
