package benchmarks.http;

import app.PushServer;
import app.settings.Settings;
import benchmarks.process.LineServer;
import java.util.Map;
import java.util.Optional;

/** The server's process: as {@code push serve} starts it, on a free port. */
final class ServerMain {

    private ServerMain() {}

    /**
     * Runs until the input ends.
     *
     * @param arguments the URL of the database
     */
    public static void main(String[] arguments) {
        Map<String, String> own =
                Map.of("server.port", "0", "auth.db.url", arguments[0], "auth.db.user", "", "auth.db.password", "");
        try (PushServer server = PushServer.start(Settings.load(Optional.empty(), own))) {
            LineServer.run("port=" + server.port(), (command, numbers) -> {
                throw new IllegalArgumentException(command);
            });
        }
    }
}
