package conformance.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The resident memory of a process. */
final class ResidentMemory {

    private ResidentMemory() {}

    /** The resident memory in bytes, from {@code /proc} if it exists, otherwise from {@code ps}. */
    static long ofProcess(long pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        String text = Files.exists(status) ? fromProc(status) : fromPs(pid);
        return Long.parseLong(text.strip()) << 10;
    }

    private static String fromProc(Path status) throws IOException {
        return Files.readAllLines(status, UTF_8).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .findFirst()
                .orElseThrow()
                .replaceAll("\\D", "");
    }

    private static String fromPs(long pid) throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
        return new String(ps.getInputStream().readAllBytes(), UTF_8);
    }
}
