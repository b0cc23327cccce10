package conformance.hostile;

import conformance.Image;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a full collection leaves on the heap of a hub's process. */
public final class LiveHeap {

    private static final Pattern TOTAL = Pattern.compile("^Total\\s+\\d+\\s+(\\d+)", Pattern.MULTILINE);

    /** What a collector lays over dead objects that it does not move the live ones over. */
    private static final Pattern FILLER =
            Pattern.compile("^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s+\\S*jdk\\.internal\\.vm\\.Filler", Pattern.MULTILINE);

    private static final long TIMEOUT_SECONDS = 60;

    private LiveHeap() {}

    /** The bytes of all live objects; collects first. */
    public static long bytes(Image image, long pid) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        image.home().resolve("bin/jcmd").toString(), Long.toString(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String text = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        jcmd.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        Matcher total = TOTAL.matcher(text);
        if (!total.find()) {
            throw new AssertionError("jcmd did not say how much is live: " + text);
        }
        long fillers = FILLER.matcher(text)
                .results()
                .mapToLong(row -> Long.parseLong(row.group(1)))
                .sum();
        return Long.parseLong(total.group(1)) - fillers;
    }
}
