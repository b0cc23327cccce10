package gateway;

import io.helidon.common.tls.Tls;
import io.helidon.webclient.api.ClientConnection;
import io.helidon.webclient.api.ConnectionKey;
import io.helidon.webclient.api.DefaultDnsResolver;
import io.helidon.webclient.api.DnsAddressLookup;
import io.helidon.webclient.api.Proxy;
import io.helidon.webclient.api.TcpClientConnection;
import io.helidon.webclient.api.WebClient;
import io.helidon.webclient.http2.Http2Client;
import io.helidon.webclient.http2.Http2ClientImpl;
import java.time.Duration;
import java.util.List;

/** Opens connections to one hub; each is a new one, and is cached nowhere. */
final class Transport {

    private static final Tls PLAIN_TEXT = Tls.builder().enabled(false).build();

    private final Target target;
    private final Duration keepAlive;
    private final WebClient webClient;
    private final Http2ClientImpl http2;

    Transport(GatewayOptions options) {
        target = options.target();
        keepAlive = options.keepAlive();
        webClient = WebClient.builder()
                .tls(PLAIN_TEXT)
                .shareConnectionCache(false)
                .socketOptions(socket -> socket.connectTimeout(options.connectTimeout())
                        .socketKeepAlive(true)
                        .tcpNoDelay(true))
                .build();
        http2 = (Http2ClientImpl) webClient.client(Http2Client.PROTOCOL);
    }

    /** Connects, blocking; throws some unchecked exception where that fails. */
    HubConnection connect(Runnable onLost) {
        ConnectionKey key = ConnectionKey.create(
                "http",
                target.host(),
                target.port(),
                PLAIN_TEXT,
                DefaultDnsResolver.create(),
                DnsAddressLookup.defaultLookup(),
                Proxy.noProxy());
        ClientConnection tcp = TcpClientConnection.create(webClient, key, List.of(), released -> false, closed -> {});
        return new HubConnection(tcp.connect(), keepAlive, onLost);
    }

    Http2ClientImpl http2() {
        return http2;
    }

    String authority() {
        return target.toString();
    }
}
