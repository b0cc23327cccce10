package app.cli;

import gateway.Target;

/** A command that talks to a running hub. */
abstract class ClientCommand extends Command {

    private static final Target DEFAULT = new Target("127.0.0.1", 8080);

    private final Option<String> target =
            option("--target", "HOST:PORT", String.class, "The hub; default " + DEFAULT + ".");

    ClientCommand(String name, String description) {
        super(name, description);
    }

    final Target target() {
        return target.optional().map(ClientCommand::parse).orElse(DEFAULT);
    }

    private static Target parse(String text) {
        try {
            return Target.parse(text);
        } catch (IllegalArgumentException e) {
            throw new CliException("--target: " + e.getMessage());
        }
    }

    final HubHttp hub() {
        return new HubHttp(target());
    }
}
