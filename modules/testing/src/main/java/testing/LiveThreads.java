package testing;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** All threads of this process, including virtual ones, which no other interface lists. */
public final class LiveThreads {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** The number of carrier threads depends on the current load. */
    private static final String CARRIER = "ForkJoinPool-";

    private LiveThreads() {}

    /** Returns the names of all threads, without the carrier threads. */
    public static List<String> names() throws IOException {
        return MAPPER.readTree(dump()).findValues("threads").stream()
                .flatMap(threads -> threads.valueStream())
                .map(thread -> thread.path("name").asString())
                .filter(name -> !name.startsWith(CARRIER))
                .sorted()
                .toList();
    }

    /**
     * Returns true if a thread is executing a method.
     *
     * @param method the method with its class, such as {@code java.lang.Thread.run}
     */
    public static boolean areIn(String method) throws IOException {
        return dump().contains(method + "(");
    }

    private static String dump() throws IOException {
        Path folder = Files.createTempDirectory("threads");
        Path dump = folder.resolve("dump.json");
        try {
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                    .dumpThreads(dump.toString(), ThreadDumpFormat.JSON);
            return Files.readString(dump);
        } finally {
            Files.deleteIfExists(dump);
            Files.delete(folder);
        }
    }
}
