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

/** A hub that runs from the image, in its own process, on a free port. */
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
                "the hub reports that it is ready; its log is " + err(),
                START,
                () -> !out().isEmpty() || !process.isAlive());
        Matcher ready = READY.matcher(out().strip());
        if (!ready.matches()) {
            process.destroyForcibly();
            throw new AssertionError("the hub did not start; its output is: " + out() + err());
        }
        this.port = Integer.parseInt(ready.group(1));
        this.epoch = ready.group(2);
        this.api = new HubApi(port, this::state);
    }

    /** Starts a hub from the built image. The settings are YAML, without {@code server}. */
    public static HubProcess start(String yaml) throws Exception {
        return start(Image.built(), yaml, FreePort.any()); // a restarted hub keeps the port
    }

    /** Like {@link #start(String)}, with additional environment variables. */
    public static HubProcess start(String yaml, Map<String, String> variables) throws Exception {
        return start(Image.built(), yaml, FreePort.any(), variables);
    }

    /** Starts a hub on the given port; 0 selects any free port. */
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

    /** The port on which the hub listens. */
    public int port() {
        return port;
    }

    /** The id of the hub's process. */
    public long pid() {
        return process.pid();
    }

    /** The epoch of the hub's log. */
    public String epoch() {
        return epoch;
    }

    /** The hub's HTTP calls. */
    public HubApi api() {
        return api;
    }

    /** A new gRPC connection. */
    public ManagedChannel channel() {
        ManagedChannel channel = ForeignGateway.connect(port);
        channels.add(channel);
        return channel;
    }

    /** A subscribed gateway on a new connection. */
    public ForeignGateway subscribe(String id, String cursor) throws Exception {
        return new ForeignGateway(channel(), ForeignGateway.request(id, cursor)).subscribed();
    }

    /** Waits until this number of gateways is subscribed. */
    public void awaitSubscribers(int count) throws Exception {
        Await.until(
                count + " gateways are subscribed",
                START,
                () -> api.status().path("subscribers").asInt() == count);
    }

    /** The output on stdout so far. */
    public String out() throws IOException {
        return Files.readString(folder.resolve("out"), StandardCharsets.UTF_8);
    }

    /** The log so far. */
    public String err() throws IOException {
        return Files.readString(folder.resolve("err"), StandardCharsets.UTF_8);
    }

    private String state() {
        String life = process.isAlive() ? "the hub is running" : "the hub has ended with " + process.exitValue();
        try {
            String output = err();
            return life + ", and its log ends with: " + output.substring(Math.max(0, output.length() - STATE_CHARS));
        } catch (IOException e) {
            return life + ", and its log cannot be read: " + e;
        }
    }

    /** Waits until the log contains a text. The hub writes a log line a moment after the logged event. */
    public void awaitLog(String text) throws Exception {
        Await.until("the log contains: " + text, START, () -> err().contains(text));
    }

    /** Whether the process ends by itself within that time. */
    public boolean endsWithin(Duration time) throws InterruptedException {
        return process.waitFor(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Sends SIGTERM, and returns the exit code. */
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
        throw new AssertionError("the hub did not stop on SIGTERM; its output is in " + folder);
    }

    /** Sends SIGKILL, so that the hub cannot clean up. */
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
