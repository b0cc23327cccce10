package benchmarks.fanout;

import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A NATS server in its own process, and a publisher that is its client. */
final class NatsTarget implements Target {

    static final String EVENTS = "ev";
    static final String PROGRESS = "progress";

    /**
     * The maximum number of events in transit: many times the events of one write, and far less than the server
     * buffers.
     */
    private static final int WINDOW = 8192;

    /** The smallest room that is worth publishing for. */
    private static final int WORTHWHILE = WINDOW / 4;

    private final int port;
    private final Path folder;
    private final Process server;
    private final Connection connection;
    private final Publish publish;
    private volatile NatsProgress progress = new NatsProgress(0, Stamp.FIRST);
    private long published = Stamp.FIRST;

    /** @param stored true if events go through a stream, whose memory holds as much as the hub's */
    NatsTarget(boolean stored) {
        try {
            port = freePort();
            folder = Files.createTempDirectory("nats");
            server = new ProcessBuilder(command(stored))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            connection = connect(port);
            connection
                    .createDispatcher(message -> progress = NatsProgress.of(message.getData()))
                    .subscribe(PROGRESS);
            publish = stored ? toStream() : connection::publish;
        } catch (IOException | JetStreamApiException | RuntimeException e) {
            server.destroyForcibly();
            throw new IllegalStateException("the NATS server did not start", e);
        }
    }

    private List<String> command(boolean stored) {
        List<String> plain = List.of("nats-server", "-a", "127.0.0.1", "-p", Integer.toString(port));
        if (!stored) {
            return plain;
        }
        return Stream.concat(plain.stream(), Stream.of("-js", "-sd", folder.toString()))
                .toList();
    }

    private Publish toStream() throws IOException, JetStreamApiException {
        connection
                .jetStreamManagement()
                .addStream(StreamConfiguration.builder()
                        .name("EV")
                        .subjects(EVENTS)
                        .storageType(StorageType.Memory)
                        .maxAge(Duration.ofMinutes(5))
                        .maxBytes(64L << 20)
                        .build());
        JetStream stream = connection.jetStream();
        return (subject, payload) -> {
            // An event that is not stored reaches no subscriber. All of them miss its number, so it counts as lost.
            var _ = stream.publishAsync(subject, payload);
        };
    }

    /** True if a NATS server is installed. */
    static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "nats-server")));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Connects a client as soon as the server listens. */
    static Connection connect(int port) {
        Options options = Options.builder()
                .server("nats://127.0.0.1:" + port)
                .maxReconnects(100)
                .reconnectWait(Duration.ofMillis(50))
                .build();
        try {
            return Nats.connectReconnectOnConnect(options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public long pid() {
        return server.pid();
    }

    @Override
    public int subscribers() {
        return progress.subscribers();
    }

    @Override
    public int room() {
        long room = WINDOW - (published - progress.next());
        return room < WORTHWHILE ? 0 : (int) room;
    }

    @Override
    public void publish(byte[] payload) {
        publish.publish(EVENTS, payload);
        published++;
    }

    @Override
    public void close() {
        try {
            connection.close();
            server.destroy();
            if (!server.waitFor(5, TimeUnit.SECONDS)) {
                server.destroyForcibly();
            }
            deleteFolder();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deleteFolder() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private interface Publish {

        void publish(String subject, byte[] payload);
    }
}
