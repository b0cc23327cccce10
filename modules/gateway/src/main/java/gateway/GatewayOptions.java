package gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.Start;

/**
 * What to subscribe to, where, and how hard to try.
 *
 * @param target where the hub listens
 * @param subscription what is asked of the hub: the gateway's id (1 to 256 bytes), and everything else that
 *     the contract has. A cursor or {@code START_EARLIEST}, not both, applies to the first connection;
 *     the client goes on from its own cursor as soon as it has one. Until then, with neither of them, it
 *     starts over at the live tail; with {@code want_notices} the hub's first message brings a cursor.
 * @param firstMustConnect whether the client ends when its first attempt fails, rather than keep trying
 * @param connectTimeout how long a TCP connection may take to open, and with TLS each answer of its handshake to come;
 *     from 1 ms to 20 s
 * @param keepAlive how long the hub may be silent before it is pinged, and again before the connection is
 *     given up as dead: up to twice as long until a vanished hub is noticed. At least 1 ms; zero never pings
 *     and leaves it to TCP, for hubs that punish pings
 * @param tls how to speak TLS; empty for plain text
 * @param token a file with the token to authenticate with; empty for none. Without TLS the token can be read by all that
 *     lies between
 * @param backoff the delay between attempts; starts over once a message was handled, or when a connection has
 *     lived for {@link Backoff#cap}
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

    /** Plain text without a token: keeps trying, connects within 5 s, pings after 20 s of silence, and backs off by {@link Backoff#DEFAULT}. */
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
     * As {@link #of(Target, GatewaySubscribeRequest)}, from the live tail, with notices: so that no loss goes unheard.
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
