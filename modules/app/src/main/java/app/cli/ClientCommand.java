package app.cli;

import gateway.Target;
import java.net.URI;

/** A command that talks to a running hub. */
abstract class ClientCommand extends Command {

    private static final Target DEFAULT = new Target("127.0.0.1", 8080);

    private final Option<String> target =
            option("--target", "HOST:PORT", String.class, "The hub; default " + DEFAULT + ".");

    ClientCommand(String name, String description) {
        super(name, description);
    }

    final Target target() {
        return target.optional().map(this::parse).orElse(DEFAULT);
    }

    private Target parse(String text) {
        try {
            Target parsed = Target.parse(text);
            if (URI.create("http://" + parsed).getHost() != null) {
                return parsed;
            }
        } catch (IllegalArgumentException e) {
            throw usage("--target must be HOST:PORT, and was \"" + text + "\": " + e.getMessage());
        }
        throw usage("--target must be HOST:PORT, and was \"" + text + "\"");
    }

    final HubHttp hub() {
        return new HubHttp(target());
    }
}
