package push.transport.gate;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file descriptors of a process: how many may be open, and how many are. */
interface Descriptors {

    /** The limit of a process that may open any number. */
    int UNLIMITED = Integer.MAX_VALUE;

    /**
     * The number of descriptors that may be open. It may change while the process runs.
     *
     * @return empty if the number cannot be read; on Linux, reading it needs a free descriptor
     */
    OptionalInt limit();

    /**
     * The number of descriptors that are open. The time to count them grows with the number.
     *
     * @return empty if they cannot be counted
     */
    OptionalInt open();

    /** The descriptors of this process, as Linux reports them. */
    static Descriptors ofThisProcess() {
        return new OfProcess(Path.of("/proc/self"));
    }

    /**
     * The descriptors of a process, as Linux reports them.
     *
     * @param process the directory of the process under {@code /proc}
     */
    record OfProcess(Path process) implements Descriptors {

        private static final Pattern LIMIT = Pattern.compile("^Max open files +(\\d+)", Pattern.MULTILINE);

        @Override
        public OptionalInt limit() {
            try {
                Matcher found = LIMIT.matcher(Files.readString(process.resolve("limits")));
                return OptionalInt.of(
                        found.find() ? (int) Math.min(UNLIMITED, Long.parseLong(found.group(1))) : UNLIMITED);
            } catch (IOException | NumberFormatException e) {
                return OptionalInt.empty();
            }
        }

        @Override
        public OptionalInt open() {
            int open = 0;
            try (DirectoryStream<Path> all = Files.newDirectoryStream(process.resolve("fd"))) {
                for (Path _ : all) {
                    open++;
                }
                return OptionalInt.of(Math.max(0, open - 1)); // without the one that reads the directory
            } catch (IOException | DirectoryIteratorException e) {
                return OptionalInt.empty();
            }
        }
    }
}
