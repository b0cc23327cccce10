package conformance.hostile;

import conformance.Image;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The live heap of a hub's process, measured after a full collection. */
public final class LiveHeap {

    private static final Pattern TOTAL = Pattern.compile("^Total\\s+\\d+\\s+(\\d+)", Pattern.MULTILINE);

    /** The filler objects that a collector puts into gaps that it does not compact. */
    private static final Pattern FILLER =
            Pattern.compile("^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+\\S*jdk\\.internal\\.vm\\.Filler", Pattern.MULTILINE);

    private static final long TIMEOUT_SECONDS = 60;

    private LiveHeap() {}

    /** Collects garbage, and returns the bytes of all live objects. */
    public static long bytes(Image image, long pid) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        image.home().resolve("bin/jcmd").toString(), Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        Matcher total = TOTAL.matcher(text);
        if (!total.find()) {
            throw new AssertionError("jcmd did not print the total of live objects: " + text);
        }
        long fillers = FILLER.matcher(text)
                .results()
                .mapToLong(row -> Long.parseLong(row.group(1)))
                .sum();
        return Long.parseLong(total.group(1)) - fillers;
    }
}
