package push.transport.gate;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file descriptors of a process: how many it may have, and how many it has. */
interface Descriptors {

    /** Of a process that may have any number. */
    int UNLIMITED = Integer.MAX_VALUE;

    /**
     * How many may be open. It may change while the process runs.
     *
     * @return empty when that cannot be read, which on Linux takes a descriptor
     */
    OptionalInt limit();

    /**
     * How many are open. Takes a time that grows with the number.
     *
     * @return empty when that cannot be read
     */
    OptionalInt open();

    /** Those of this process, as Linux tells them. */
    static Descriptors ofThisProcess() {
        return new OfProcess(Path.of("/proc/self"));
    }

    /**
     * As Linux tells them of a process.
     *
     * @param process its folder under {@code /proc}
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
                return OptionalInt.of(Math.max(0, open - 1)); // less the one that reads the folder
            } catch (IOException | DirectoryIteratorException e) {
                return OptionalInt.empty();
            }
        }
    }
}
