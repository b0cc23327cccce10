package app.cli;

import java.util.Optional;
import push.gateway.ClientTls;
import push.gateway.Target;
import push.gateway.TokenFile;

/**
 * How a command connects to a hub.
 *
 * @param target the address of the hub
 * @param tls the TLS settings; empty for plain text
 * @param token the file with the bearer token; empty for none
 */
record ConnectionOptions(Target target, Optional<ClientTls> tls, Optional<TokenFile> token) {

    /** Plain text, without a token. */
    static ConnectionOptions plain(Target target) {
        return new ConnectionOptions(target, Optional.empty(), Optional.empty());
    }
}
