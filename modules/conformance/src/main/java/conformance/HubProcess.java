package conformance;

import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import testing.Await;
import testing.ForeignGateway;
import testing.FreePort;

/** A hub out of the image, in a process of its own, on a free port. */
public final class HubProcess implements AutoCloseable {

    private static final Pattern READY =
            Pattern.compile("push is ready at http://127\\.0\\.0\\.1:(\\d+) .*epoch (\\w+).*");
    private static final Duration START = Duration.ofSeconds(60);
    private static final long STOP_SECONDS = 30;
    private static final int STATE_CHARS = 2_000;

    private final Path folder;
    private final Process process;
    private final int port;
    private final String epoch;
    private final HubApi api;
    private final List<ManagedChannel> channels = new ArrayList<>();

    private HubProcess(Path folder, Process process) throws Exception {
        this.folder = folder;
        this.process = process;
        Await.until(
                "the hub says that it is ready; it said " + err(), START, () -> !out().isEmpty() || !process.isAlive());
        Matcher ready = READY.matcher(out().strip());
        if (!ready.matches()) {
            process.destroyForcibly();
            throw new AssertionError("no hub came up; it said: " + out() + err());
        }
        this.port = Integer.parseInt(ready.group(1));
        this.epoch = ready.group(2);
        this.api = new HubApi(port, this::state);
    }

    /** Starts one out of the built image; the settings are YAML, without {@code server}. */
    public static HubProcess start(String yaml) throws Exception {
        return start(Image.built(), yaml, FreePort.any()); // which it keeps over a restart
    }

    /** As {@link #start(String)}, with further variables in its environment. */
    public static HubProcess start(String yaml, Map<String, String> variables) throws Exception {
        return start(Image.built(), yaml, FreePort.any(), variables);
    }

    /** Starts one on a given port; 0 for any free one. */
    public static HubProcess start(Image image, String yaml, int port) throws Exception {
        return start(image, yaml, port, Map.of());
    }

    private static HubProcess start(Image image, String yaml, int port, Map<String, String> variables)
            throws Exception {
        Path folder = Files.createTempDirectory("push-hub");
        Path config = Files.writeString(folder.resolve("application.yaml"), yaml);
        ProcessBuilder builder = new ProcessBuilder(
                        image.launcher().toString(),
                        "serve",
                        "--config",
                        config.toString(),
                        "--port",
                        Integer.toString(port))
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().putAll(variables);
        return new HubProcess(folder, builder.start());
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Its process. */
    public long pid() {
        return process.pid();
    }

    /** This life of its log. */
    public String epoch() {
        return epoch;
    }

    /** Its HTTP calls. */
    public HubApi api() {
        return api;
    }

    /** A gRPC connection of its own. */
    public ManagedChannel channel() {
        ManagedChannel channel = ForeignGateway.connect(port);
        channels.add(channel);
        return channel;
    }

    /** A gateway on a connection of its own, subscribed. */
    public ForeignGateway subscribe(String id, String cursor) throws Exception {
        return new ForeignGateway(channel(), ForeignGateway.request(id, cursor)).subscribed();
    }

    /** Waits until so many gateways are subscribed. */
    public void awaitSubscribers(int count) throws Exception {
        Await.until(
                count + " gateways are subscribed",
                START,
                () -> api.status().path("subscribers").asInt() == count);
    }

    /** What it has printed to stdout so far. */
    public String out() throws IOException {
        return Files.readString(folder.resolve("out"), StandardCharsets.UTF_8);
    }

    /** What it has logged so far. */
    public String err() throws IOException {
        return Files.readString(folder.resolve("err"), StandardCharsets.UTF_8);
    }

    private String state() {
        String life = process.isAlive() ? "the hub is running" : "the hub has ended with " + process.exitValue();
        try {
            String said = err();
            return life + ", and its log ends with: " + said.substring(Math.max(0, said.length() - STATE_CHARS));
        } catch (IOException e) {
            return life + ", and its log cannot be read: " + e;
        }
    }

    /** Waits until it has logged a text; the log is written a moment after what it tells of. */
    public void awaitErr(String text) throws Exception {
        Await.until("the log says: " + text, START, () -> err().contains(text));
    }

    /** Whether it ends by itself within that time. */
    public boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Sends SIGTERM, and gives the exit code. */
    public int terminate() {
        process.destroy();
        try {
            if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        throw new AssertionError("the hub did not stop on SIGTERM; what it said is in " + folder);
    }

    /** Sends SIGKILL: it gets no chance to put anything in order. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        close();
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        api.close();
        terminate();
    }
}
