package app.cli;

import gateway.ClientTls;
import gateway.Target;
import gateway.TokenFile;
import java.util.Optional;

/**
 * How a command reaches a hub.
 *
 * @param target where the hub listens
 * @param tls how to speak TLS; empty for plain text
 * @param token what to authenticate with; empty for nothing
 */
record Access(Target target, Optional<ClientTls> tls, Optional<TokenFile> token) {

    /** In plain text, and without a token. */
    static Access plain(Target target) {
        return new Access(target, Optional.empty(), Optional.empty());
    }
}
