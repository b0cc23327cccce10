package app.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import push.gateway.ClientTls;
import push.gateway.Target;
import push.gateway.TokenFile;

/** A command that connects to a running hub. */
abstract class ClientCommand extends Command {

    private static final Target DEFAULT = new Target("127.0.0.1", 8080);

    private final Option<String> target =
            option("--target", "HOST:PORT", String.class, "The address of the hub; default " + DEFAULT + ".");

    private final Option<Boolean> tls =
            flag("--tls", "Uses TLS. The hub's certificate must match the host of --target.");
    private final Option<Path> ca = option(
            "--ca",
            "FILE",
            Path.class,
            "A PEM file with the trusted certificate authorities; default: those of the Java runtime. Implies --tls.");
    private final Option<Path> cert = option(
            "--cert", "FILE", Path.class, "A PEM file with the client certificate; requires --key. Implies --tls.");
    private final Option<Path> key =
            option("--key", "FILE", Path.class, "A PEM file with the private key of --cert, without a password.");
    private final Option<Path> tokenFile =
            option("--token-file", "FILE", Path.class, "A file with the bearer token to send.");

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
            throw usage("--target must be HOST:PORT, but was \"" + text + "\": " + e.getMessage());
        }
        throw usage("--target must be HOST:PORT, but was \"" + text + "\"");
    }

    /** Whether the options ask for TLS. */
    final boolean isSecured() {
        return tls.or(false) || ca.optional().isPresent() || cert.optional().isPresent();
    }

    /** How to connect to the hub. Reads the files once, to report their errors immediately. */
    final ConnectionOptions connection() {
        if (cert.optional().isPresent() != key.optional().isPresent()) {
            throw usage("--cert and --key must be used together");
        }
        Optional<ClientTls> clientTls = isSecured()
                ? Optional.of(new ClientTls(ca.optional(), cert.optional(), key.optional()))
                : Optional.empty();
        ConnectionOptions options =
                new ConnectionOptions(target(), clientTls, tokenFile.optional().map(TokenFile::new));
        try {
            options.tls().ifPresent(ClientTls::context);
            options.token().ifPresent(TokenFile::authorization);
        } catch (IllegalArgumentException e) {
            throw new CliException("--" + e.getMessage()); // the message begins with the name of the option
        }
        return options;
    }

    final HubClient hub() {
        return new HubClient(connection());
    }
}
