package app.cli;

import app.CarrierThreads;
import app.PushServer;
import app.logging.Log;
import app.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code push serve}: runs the hub until a signal stops it. */
final class ServeCommand extends Command {

    private static final int MAX_PORT = 65_535;

    private final Option<Path> config = option(
            "--config",
            "FILE",
            Path.class,
            "The configuration, a YAML file; default: etc/application.yaml of the installation.");
    private final Option<String> host =
            option("--host", "ADDRESS", String.class, "The address to listen on; overrides server.host.");
    private final Option<Integer> port = option(
            "--port", "N", Integer.class, "The port to listen on; overrides server.port. 0 selects a free port.");
    private final Option<String> log =
            option("--log", "KIND", String.class, "The kind of event log, memory or postgres; overrides push.log.");

    ServeCommand() {
        super("serve", "Runs the hub, with gRPC and HTTP on one port, until SIGTERM or ^C.");
    }

    @Override
    public Integer call() throws InterruptedException {
        if (port.or(0) < 0 || port.or(0) > MAX_PORT) {
            throw usage("--port must be from 0 to " + MAX_PORT + ", but was " + port.or(0));
        }
        Log.prepareForServing();
        Map<String, String> overrides = new HashMap<>();
        host.optional().ifPresent(address -> overrides.put("server.host", address));
        port.optional().ifPresent(n -> overrides.put("server.port", n.toString()));
        log.optional().ifPresent(kind -> overrides.put("push.log", kind));
        PushServer server = PushServer.start(Settings.load(config.optional(), overrides));
        Shutdown shutdown = Shutdown.register(server);
        out().printf(
                        Locale.ROOT, // programs read this line, so its digits must not depend on the locale
                        "push is ready at %s (gRPC and HTTP), log %s, epoch %s, started in %d ms%n",
                        server.url(),
                        server.logKind(),
                        server.epoch(),
                        sinceProcessStart().toMillis());
        out().flush();
        CarrierThreads.watch();
        return shutdown.await() ? PushCommand.OK : PushCommand.FAILED;
    }

    private static Duration sinceProcessStart() {
        Instant now = Instant.now();
        Optional<Instant> start = ProcessHandle.current().info().startInstant();
        return start.map(instant -> Duration.between(instant, now)).orElse(Duration.ZERO);
    }
}
