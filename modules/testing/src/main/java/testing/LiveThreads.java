package testing;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** All threads of this process, virtual ones too, which no other interface lists. */
public final class LiveThreads {

    private static final JsonMapper MAPPER = new JsonMapper();

    /** Of these there are as many as the work of the moment takes. */
    private static final String CARRIER = "ForkJoinPool-";

    private LiveThreads() {}

    /** Their names, without the threads that carry virtual ones. */
    public static List<String> names() throws IOException {
        return MAPPER.readTree(dump()).findValues("threads").stream()
                .flatMap(threads -> threads.valueStream())
                .map(thread -> thread.path("name").asString())
                .filter(name -> !name.startsWith(CARRIER))
                .sorted()
                .toList();
    }

    /**
     * Whether one of them is inside a method.
     *
     * @param method with its class, such as {@code java.lang.Thread.run}
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
