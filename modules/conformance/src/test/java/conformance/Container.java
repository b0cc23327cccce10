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
 * An unpacked OCI image that bubblewrap runs according to its configuration: with a read-only root file system, its own
 * user, and as process 1. It shares the network of the machine.
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
     * Starts the container, and waits until the hub is ready.
     *
     * @param bundle the folder that umoci has unpacked, with {@code config.json} and {@code rootfs}
     * @param data the folder to mount at the working folder, as a volume
     * @param port the port on which the hub listens, on the loopback interface only
     * @param environment variables in addition to those of the image
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

    /** Skips the test if bubblewrap or a kernel feature that it needs is missing. */
    static void needs() throws Exception {
        Foreign.needs("bwrap", "umoci", "skopeo");
        List<String> command = new ArrayList<>(List.of("bwrap", "--ro-bind", "/", "/", "--proc", "/proc"));
        command.addAll(ISOLATED);
        command.add("/bin/true");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assumeTrue(process.waitFor() == 0, "bubblewrap cannot create namespaces here: " + output);
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

    /** A subscribed gateway on a new connection. */
    ForeignGateway subscribe(String id) throws Exception {
        channels.add(ForeignGateway.connect(port));
        return new ForeignGateway(channels.getLast(), ForeignGateway.request(id, "")).subscribed();
    }

    /** The output and the log so far. */
    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Sends SIGTERM to process 1 of the container, as a container engine does, and returns the exit code. */
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
        bubblewrap.destroyForcibly(); // which also kills the processes in it
    }
}
