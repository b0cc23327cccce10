package benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The resource usage of a process, from the Linux kernel. */
public record ProcessUse(long pid) {

    /** The value of {@code getconf CLK_TCK} on all current Linux systems. */
    private static final double TICKS_PER_SECOND = 100;

    /** Returns the user and system time so far, in seconds. */
    public double cpuSeconds() {
        String stat = read("stat");
        // After the name, which may contain blanks, the first field is the third one of the file.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** Returns the resident anonymous memory, in bytes, which excludes the page cache. */
    public long residentBytes() {
        String status = read("status");
        String line = status.lines()
                .filter(each -> each.startsWith("RssAnon:"))
                .findFirst()
                .orElseThrow();
        return Long.parseLong(line.replaceAll("[^0-9]", "")) << 10;
    }

    private String read(String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(pid), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
