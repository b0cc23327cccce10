package push.gateway;

import io.helidon.common.tls.Tls;
import io.helidon.webclient.api.WebClient;
import io.helidon.webclient.http2.Http2Client;
import io.helidon.webclient.http2.Http2ClientImpl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** Opens connections to one hub. Each call opens a new connection; connections are not cached. */
final class Transport {

    private static final Tls PLAIN_TEXT = Tls.builder().enabled(false).build();

    private final Target target;
    private final Duration connectTimeout;
    private final Duration keepAlive;
    private final Optional<ClientTls> tls;
    private final Optional<TokenFile> token;
    private final Http2ClientImpl http2;

    // Only the client's thread uses it.
    private Optional<String> lastAuthorization = Optional.empty();

    Transport(GatewayOptions options, Target target) {
        this.target = target;
        connectTimeout = options.connectTimeout();
        keepAlive = options.keepAlive();
        tls = options.tls();
        token = options.token();
        // Only for its protocol settings: this class opens the sockets itself.
        WebClient webClient =
                WebClient.builder().tls(PLAIN_TEXT).shareConnectionCache(false).build();
        http2 = (Http2ClientImpl) webClient.client(Http2Client.PROTOCOL);
    }

    /** Connects. Blocks; throws an unchecked exception on failure. */
    HubConnection connect(Runnable onLost) {
        try {
            HubSocket socket = tls.isPresent()
                    ? HubSocket.tls(target, connectTimeout, tls.get().context())
                    : HubSocket.plainText(target, connectTimeout);
            return new HubConnection(socket, keepAlive, onLost);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Http2ClientImpl http2() {
        return http2;
    }

    String authority() {
        return target.toString();
    }

    String scheme() {
        return tls.isPresent() ? "https" : "http";
    }

    /** The value of the {@code authorization} header, read from the file again on each call; empty without a token. */
    Optional<String> authorization() {
        Optional<String> read = token.map(TokenFile::authorization);
        lastAuthorization = read;
        return read;
    }

    /** Whether the next call would send a different token from the one that the last call sent. */
    boolean credentialsHaveChanged() {
        try {
            return !token.map(TokenFile::authorization).equals(lastAuthorization);
        } catch (IllegalArgumentException e) {
            return false; // the file has no usable token
        }
    }
}
