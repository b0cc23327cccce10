package push.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.Start;

/**
 * The configuration of a {@link GatewayClient}: the subscription, the hub's address, and the connection settings.
 *
 * @param target the address of the hub
 * @param subscription the request to the hub: the gateway's id (1 to 256 bytes in UTF-8, not blank) and the other
 *     fields of the contract. A cursor and {@code START_EARLIEST} exclude each other. Either applies until the client
 *     has received a cursor; from then on the client resumes from the received one. If neither is set, a client that
 *     has not received a cursor starts at the live tail on each connection. With {@code want_notices}, the hub's first
 *     message has a cursor
 * @param firstMustConnect true if the client ends when its first attempt fails; false if it keeps trying
 * @param connectTimeout how long the TCP connection may take to open, and, with TLS, how long the client waits for each
 *     message of the handshake; from 1 ms to 20 s
 * @param keepAlive how long the hub may send nothing before the client pings it, and then how long the client waits for
 *     a reply before it drops the connection; from 1 ms to 24 h. Detecting a lost hub takes up to twice this time. Zero
 *     sends no pings and relies on TCP keep-alive, for hubs that reject pings
 * @param tls the TLS settings; empty for plain text
 * @param token the file with the bearer token; empty for none. Without TLS, everything on the network path can read the
 *     token
 * @param backoff the delay between attempts. Its bound returns to {@link Backoff#base} after an attempt that delivered
 *     an event (a notice does not count), or after a subscription that lasted for at least {@link Backoff#cap}
 */
public record GatewayOptions(
        Target target,
        GatewaySubscribeRequest subscription,
        boolean firstMustConnect,
        Duration connectTimeout,
        Duration keepAlive,
        Optional<ClientTls> tls,
        Optional<TokenFile> token,
        Backoff backoff) {

    private static final int LONGEST_ID = 256;
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(20);
    private static final Duration LONGEST_KEEP_ALIVE = Duration.ofHours(24);

    public GatewayOptions {
        String id = subscription.getGatewayClientId();
        if (id.isBlank() || id.getBytes(StandardCharsets.UTF_8).length > LONGEST_ID) {
            throw new IllegalArgumentException("gateway_client_id must have 1 to 256 bytes, and was '" + id + "'");
        }
        if (subscription.getStart() == Start.START_EARLIEST
                && !subscription.getCursor().isEmpty()) {
            throw new IllegalArgumentException("a cursor and START_EARLIEST exclude each other");
        }
        if (connectTimeout.compareTo(LEAST) < 0 || connectTimeout.compareTo(LONGEST_CONNECT) > 0) {
            throw new IllegalArgumentException("connectTimeout must be from 1 ms to 20 s, and was " + connectTimeout);
        }
        if (!keepAlive.isZero() && (keepAlive.compareTo(LEAST) < 0 || keepAlive.compareTo(LONGEST_KEEP_ALIVE) > 0)) {
            throw new IllegalArgumentException("keepAlive must be zero or from 1 ms to 24 hours, and was " + keepAlive);
        }
    }

    /**
     * Returns options for plain text without a token. The client keeps trying, with a connect timeout of 5 s, a ping
     * after 20 s of silence, and {@link Backoff#DEFAULT}.
     */
    public static GatewayOptions of(Target target, GatewaySubscribeRequest subscription) {
        return new GatewayOptions(
                target,
                subscription,
                false,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Optional.empty(),
                Optional.empty(),
                Backoff.DEFAULT);
    }

    /**
     * As {@link #of(Target, GatewaySubscribeRequest)}, for a subscription that starts at the live tail. It includes
     * notices, so the hub reports every gap in the stream.
     */
    public static GatewayOptions of(Target target, String gatewayClientId) {
        return of(
                target,
                GatewaySubscribeRequest.newBuilder()
                        .setGatewayClientId(gatewayClientId)
                        .setWantNotices(true)
                        .build());
    }

    public GatewayOptions withFirstMustConnect(boolean must) {
        return new GatewayOptions(target, subscription, must, connectTimeout, keepAlive, tls, token, backoff);
    }

    public GatewayOptions withConnectTimeout(Duration timeout) {
        return new GatewayOptions(target, subscription, firstMustConnect, timeout, keepAlive, tls, token, backoff);
    }

    public GatewayOptions withKeepAlive(Duration silence) {
        return new GatewayOptions(target, subscription, firstMustConnect, connectTimeout, silence, tls, token, backoff);
    }

    public GatewayOptions withTls(ClientTls how) {
        return new GatewayOptions(
                target, subscription, firstMustConnect, connectTimeout, keepAlive, Optional.of(how), token, backoff);
    }

    public GatewayOptions withToken(TokenFile file) {
        return new GatewayOptions(
                target, subscription, firstMustConnect, connectTimeout, keepAlive, tls, Optional.of(file), backoff);
    }

    public GatewayOptions withBackoff(Backoff other) {
        return new GatewayOptions(target, subscription, firstMustConnect, connectTimeout, keepAlive, tls, token, other);
    }
}
