package conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

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
import testing.Await;
import testing.ForeignGateway;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An unpacked OCI image that runs as its configuration says, by bubblewrap: its own root file system, read-only, its own
 * user, and as process 1. It shares the network.
 */
final class Container implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final long STOP_SECONDS = 30;

    private final Process bubblewrap;
    private final Path log;
    private final int port;
    private final HubApi api;
    private final List<ManagedChannel> channels = new ArrayList<>();

    /**
     * Starts it, and waits until the hub is ready.
     *
     * @param bundle what umoci unpacked: {@code config.json} and {@code rootfs}
     * @param data what is mounted at the working folder, as a volume
     * @param port where it listens, of loopback only
     * @param environment beside that of the image
     */
    Container(Path bundle, Path data, int port, Map<String, String> environment) throws Exception {
        this.port = port;
        log = Files.createTempFile("push-container", ".log");
        bubblewrap = new ProcessBuilder(command(bundle, data, environment))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        api = new HubApi(port, this::log);
        Await.until(
                "the container's hub is ready",
                START,
                () -> log().contains("push is ready at ") || !bubblewrap.isAlive());
        if (!bubblewrap.isAlive()) {
            throw new AssertionError("the container ended with " + bubblewrap.exitValue() + ": " + log());
        }
    }

    /** Skips the test where bubblewrap, or what it needs of the kernel, is missing. */
    static void needs() throws Exception {
        Foreign.needs("bwrap", "umoci", "skopeo");
        List<String> command = new ArrayList<>(List.of("bwrap", "--ro-bind", "/", "/", "--proc", "/proc"));
        command.addAll(ISOLATED);
        command.add("/bin/true");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(process.waitFor() == 0, "bubblewrap may not make namespaces here: " + said);
    }

    private static final List<String> ISOLATED = List.of(
            "--unshare-user",
            "--unshare-pid",
            "--unshare-ipc",
            "--unshare-uts",
            "--as-pid-1",
            "--die-with-parent",
            "--cap-drop",
            "ALL");

    private List<String> command(Path bundle, Path data, Map<String, String> environment) throws IOException {
        JsonNode process = new JsonMapper()
                .readTree(Files.readString(bundle.resolve("config.json")))
                .path("process");
        String work = process.path("cwd").asString();
        List<String> command = new ArrayList<>(List.of("bwrap", "--ro-bind"));
        command.addAll(List.of(bundle.resolve("rootfs").toString(), "/", "--proc", "/proc", "--dev", "/dev"));
        command.addAll(List.of("--tmpfs", "/tmp", "--bind", data.toString(), work, "--chdir", work, "--clearenv"));
        command.addAll(List.of("--uid", process.path("user").path("uid").toString()));
        command.addAll(List.of("--gid", process.path("user").path("gid").toString()));
        command.addAll(ISOLATED);
        for (JsonNode variable : process.path("env")) {
            String[] pair = variable.asString().split("=", 2);
            command.addAll(List.of("--setenv", pair[0], pair[1]));
        }
        environment.forEach((name, value) -> command.addAll(List.of("--setenv", name, value)));
        command.addAll(List.of("--setenv", "SERVER_HOST", "127.0.0.1"));
        command.addAll(List.of("--setenv", "SERVER_PORT", Integer.toString(port)));
        for (JsonNode argument : process.path("args")) {
            command.add(argument.asString());
        }
        return command;
    }

    HubApi api() {
        return api;
    }

    /** A gateway on a connection of its own, subscribed. */
    ForeignGateway subscribe(String id) throws Exception {
        channels.add(ForeignGateway.connect(port));
        return new ForeignGateway(channels.getLast(), ForeignGateway.request(id, "")).subscribed();
    }

    /** What it has printed and logged so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Sends SIGTERM to its process 1, as an engine does, and gives the exit code. */
    int terminate() throws InterruptedException {
        bubblewrap.children().forEach(ProcessHandle::destroy);
        if (!bubblewrap.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("the container does not stop: " + log());
        }
        return bubblewrap.exitValue();
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        api.close();
        bubblewrap.destroyForcibly(); // and what runs in it dies with it
    }
}
