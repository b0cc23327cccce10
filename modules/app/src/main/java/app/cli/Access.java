package app.cli;

import gateway.ClientTls;
import gateway.Target;
import gateway.TokenFile;
import java.util.Optional;

/**
 * How a command connects to a hub.
 *
 * @param target the address of the hub
 * @param tls the TLS settings; empty for plain text
 * @param token the file with the bearer token; empty for none
 */
record Access(Target target, Optional<ClientTls> tls, Optional<TokenFile> token) {

    /** Access in plain text, without a token. */
    static Access plain(Target target) {
        return new Access(target, Optional.empty(), Optional.empty());
    }
}
