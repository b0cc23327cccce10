package benchmarks.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the Linux kernel says that a process has used. */
public record ProcessUse(long pid) {

    /** As {@code getconf CLK_TCK} says on every Linux of today. */
    private static final double TICKS_PER_SECOND = 100;

    /** User and system time so far. */
    public double cpuSeconds() {
        String stat = read("stat");
        // Behind the name, which may have blanks in it, the fields begin with the third.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** Memory in use that is not shared with the page cache. */
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
