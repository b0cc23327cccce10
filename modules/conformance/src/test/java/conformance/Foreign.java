package conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import testing.Await;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A third-party program in its own process: a client that prints a line of JSON for each event, or a proxy.
 * {@code bin/foreign-clients} finds or installs these programs.
 */
final class Foreign implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Path ROOT =
            Path.of(System.getProperty("conformance.modules")).resolve("..").normalize();
    private static final Path SCRIPTS = ROOT.resolve("modules/conformance/src/test/foreign");
    private static final Path NODE_MODULES = ROOT.resolve("modules/conformance/target/foreign/node_modules");

    private final Process process;
    private final Path out;
    private final Path err;

    private Foreign(List<String> command) throws IOException {
        Path folder = Files.createTempDirectory("push-foreign");
        out = folder.resolve("out");
        err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().put("NODE_PATH", NODE_MODULES.toString());
        process = builder.start();
    }

    /** Looks for all programs, and installs missing ones if possible. */
    static void install() throws Exception {
        int exit = new ProcessBuilder(ROOT.resolve("bin/foreign-clients").toString())
                // Its input is not inherited: it is the channel of the test runner, and npm would make it non-blocking.
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .waitFor();
        if (exit != 0) {
            throw new AssertionError("bin/foreign-clients failed; stderr has the cause");
        }
    }

    /** A gateway on Python's grpcio that ends after {@code count} events. */
    static Foreign python(int port, String id, String cursor, int count) throws Exception {
        assumeTrue(
                new ProcessBuilder("/usr/bin/env", "/usr/bin/python3", "-c", "import grpc")
                                .start()
                                .waitFor()
                        == 0,
                "there is no grpcio");
        return new Foreign(List.of(
                "/usr/bin/python3",
                SCRIPTS.resolve("gateway.py").toString(),
                "127.0.0.1:" + port,
                id,
                cursor,
                Integer.toString(count)));
    }

    /** A gateway on Node's grpc-js that ends after {@code count} events. */
    static Foreign grpcJs(int port, String id, String cursor, int count) throws IOException {
        assumeTrue(Files.exists(NODE_MODULES.resolve("@grpc/grpc-js")), "there is no grpc-js");
        return new Foreign(List.of(
                "node",
                SCRIPTS.resolve("gateway.js").toString(),
                ROOT.resolve("proto/push/v1/push.proto").toString(),
                "127.0.0.1:" + port,
                id,
                cursor,
                Integer.toString(count)));
    }

    /**
     * Gateways on Node's grpc-js that handle one message after the other, and reconnect until they have the last event.
     */
    static Foreign slowGrpcJs(int port, int count) throws IOException {
        assumeTrue(Files.exists(NODE_MODULES.resolve("@grpc/grpc-js")), "there is no grpc-js");
        return new Foreign(List.of(
                "node",
                SCRIPTS.resolve("gateways.js").toString(),
                ROOT.resolve("proto/push/v1/push.proto").toString(),
                Integer.toString(port),
                Integer.toString(count)));
    }

    /** The folder with {@code buf}, which calls gRPC from a shell. */
    static Path programs() {
        Path folder = NODE_MODULES.resolve(".bin");
        assumeTrue(Files.exists(folder.resolve("buf")), "there is no buf");
        return folder;
    }

    /** Runs Prometheus' promtool in a folder, and returns its output. The tool must succeed. */
    static String promtool(Path folder, String... arguments) throws Exception {
        Path own = NODE_MODULES.resolveSibling("promtool");
        Path program = Stream.of(own, Path.of("/usr/bin/promtool"), Path.of("/usr/local/bin/promtool"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
        assumeTrue(program != null, "there is no promtool");
        List<String> command = new ArrayList<>(List.of(String.valueOf(program)));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(command + " failed: " + output);
        }
        return output;
    }

    /** A gateway on Node's HTTP/2 module, with a header table of {@code headerTableSize} bytes. */
    static Foreign nodeHttp2(int port, String id, int count, int headerTableSize) throws IOException {
        assumeTrue(Files.exists(NODE_MODULES), "there is no Node");
        return new Foreign(List.of(
                "node",
                SCRIPTS.resolve("http2.js").toString(),
                "127.0.0.1:" + port,
                id,
                Integer.toString(count),
                Integer.toString(headerTableSize)));
    }

    /** Starts a server with a configuration, and waits until it listens on a port. */
    static Foreign proxy(String name, int port, String configuration, String... options) throws Exception {
        Path file = Files.writeString(Files.createTempFile("push", ".conf"), configuration);
        return server(
                name,
                port,
                Stream.of(options)
                        .map(option -> option.equals("CONFIGURATION") ? file.toString() : option)
                        .toList());
    }

    /** Skips the test unless each of these programs is there. */
    static void needs(String... names) {
        for (String name : names) {
            assumeTrue(program(name).isPresent(), "there is no " + name);
        }
    }

    private static Optional<Path> program(String name) {
        return Stream.concat(
                        Stream.of(System.getenv("PATH").split(File.pathSeparator))
                                .map(Path::of),
                        Stream.of(Path.of("/usr/sbin"), Path.of("/usr/local/sbin"))) // not in the PATH of every user
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts a server, and waits until it listens on a port. */
    static Foreign server(String name, int port, List<String> options) throws Exception {
        needs(name);
        List<String> command =
                new ArrayList<>(List.of(program(name).orElseThrow().toString()));
        command.addAll(options);
        Foreign proxy = new Foreign(command);
        Await.until("the server listens; its stderr is " + proxy.err(), TIMEOUT, () -> {
            if (!proxy.process.isAlive()) {
                throw new AssertionError(name + " ended: " + proxy.err());
            }
            return isListening(port);
        });
        return proxy;
    }

    private static boolean isListening(int port) {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private String err() throws IOException {
        return Files.readString(err, StandardCharsets.UTF_8);
    }

    /** The lines that the program has printed so far. */
    List<JsonNode> lines() throws IOException {
        String text = Files.readString(out, StandardCharsets.UTF_8);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(MAPPER::readTree)
                .toList();
    }

    /** Waits until the program has printed a line with this field, and returns the field. */
    String await(String field) throws Exception {
        Await.until("the program prints its " + field, TIMEOUT, () -> has(field) || !process.isAlive());
        return lines().stream()
                .filter(line -> line.has(field))
                .map(line -> line.path(field).asString())
                .findFirst()
                .orElseThrow(() -> new AssertionError("the program ended without its " + field + ": " + describe()));
    }

    private boolean has(String field) throws IOException {
        return lines().stream().anyMatch(line -> line.has(field));
    }

    private String describe() {
        try {
            return lines() + err();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Waits until the program ends successfully, and returns all values of a field. */
    List<String> finish(String field) throws Exception {
        Await.until("the program ends; its output is " + describe(), TIMEOUT, () -> !process.isAlive());
        if (process.exitValue() != 0) {
            throw new AssertionError("the program ended with " + process.exitValue() + ": " + describe());
        }
        return lines().stream()
                .filter(line -> line.has(field))
                .map(line -> line.path(field).asString())
                .toList();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(Duration.ofSeconds(10))) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
