package push.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.Start;

/**
 * The configuration of a {@link GatewayClient}: the subscription, the hub's addresses, and the connection settings.
 * Immutable.
 *
 * @param targets the addresses of the hub, at least one and without duplicates. The client tries them in random order.
 *     All targets must serve the same log, because the client resumes at one target from the cursor of another
 * @param subscription the request to the hub: the gateway's id (1 to 256 bytes in UTF-8, not blank) and the other
 *     fields of the contract. A cursor and {@code START_EARLIEST} exclude each other. Either applies until the client
 *     has received a cursor; from then on the client resumes from the received one. If neither is set, a client that
 *     has not received a cursor starts at the live tail on each connection. With {@code want_notices}, the hub's first
 *     message has a cursor
 * @param failFast true if the client ends with {@link End.NotConnected} when its first attempt at each target fails;
 *     false if it keeps trying. Once the hub has accepted a subscription, the client always keeps trying
 * @param connectTimeout how long the TCP connection may take to open, and, with TLS, how long the client waits for each
 *     message of the handshake; from 1 ms to 20 s
 * @param keepAlive how long the hub may send nothing before the client pings it, and then how long the client waits for
 *     a reply before it drops the connection; from 1 ms to 24 h. Detecting a lost hub takes up to twice this time. With
 *     zero, the client sends no pings and relies on TCP keep-alive, for hubs that reject pings
 * @param tls the TLS settings; empty for plain text
 * @param token the file with the bearer token; empty for none. Without TLS, everything on the network path can read the
 *     token
 * @param backoff the delay after an attempt at each target has failed. Its bound returns to {@link Backoff#base} after
 *     an attempt that delivered an event (a notice does not count), or after a subscription that lasted for at least
 *     {@link Backoff#cap}
 */
public record GatewayOptions(
        List<Target> targets,
        GatewaySubscribeRequest subscription,
        boolean failFast,
        Duration connectTimeout,
        Duration keepAlive,
        Optional<ClientTls> tls,
        Optional<TokenFile> token,
        Backoff backoff) {

    private static final int MAX_ID_BYTES = 256;
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(1);
    private static final Duration MAX_CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration MAX_KEEP_ALIVE = Duration.ofHours(24);

    /**
     * @throws IllegalArgumentException if there is no target or a duplicate one, if the gateway's id or a time is out
     *     of range, or if the subscription has both a cursor and {@code START_EARLIEST}; the message names the
     *     component
     */
    public GatewayOptions {
        targets = List.copyOf(targets);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("targets must have at least one target, but was empty");
        }
        if (Set.copyOf(targets).size() < targets.size()) {
            throw new IllegalArgumentException("targets must not have duplicates, but was " + targets);
        }
        String id = subscription.getGatewayClientId();
        if (id.isBlank() || id.getBytes(StandardCharsets.UTF_8).length > MAX_ID_BYTES) {
            throw new IllegalArgumentException(
                    "gateway_client_id must have 1 to 256 bytes and must not be blank, but was '" + id + "'");
        }
        if (subscription.getStart() == Start.START_EARLIEST
                && !subscription.getCursor().isEmpty()) {
            throw new IllegalArgumentException("a subscription cannot have both a cursor and START_EARLIEST");
        }
        if (connectTimeout.compareTo(MIN_TIMEOUT) < 0 || connectTimeout.compareTo(MAX_CONNECT_TIMEOUT) > 0) {
            throw new IllegalArgumentException("connectTimeout must be from 1 ms to 20 s, but was " + connectTimeout);
        }
        if (!keepAlive.isZero() && (keepAlive.compareTo(MIN_TIMEOUT) < 0 || keepAlive.compareTo(MAX_KEEP_ALIVE) > 0)) {
            throw new IllegalArgumentException("keepAlive must be zero or from 1 ms to 24 hours, but was " + keepAlive);
        }
    }

    /**
     * Returns options for plain text without a token. The client keeps trying, with a connect timeout of 5 s, a ping
     * after 20 s of silence, and {@link Backoff#DEFAULT}.
     *
     * @param target the address of the hub
     * @param subscription the request to the hub, with a valid gateway id
     * @throws IllegalArgumentException if the subscription is invalid
     */
    public static GatewayOptions of(Target target, GatewaySubscribeRequest subscription) {
        return new GatewayOptions(
                List.of(target),
                subscription,
                false,
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Optional.empty(),
                Optional.empty(),
                Backoff.DEFAULT);
    }

    /**
     * As {@link #of(Target, GatewaySubscribeRequest)}, for a subscription that starts at the live tail. The
     * subscription includes notices, so the hub reports every gap in the stream.
     *
     * @param target the address of the hub
     * @param gatewayClientId the gateway's id, of 1 to 256 bytes in UTF-8, not blank
     * @throws IllegalArgumentException if the id is invalid
     */
    public static GatewayOptions of(Target target, String gatewayClientId) {
        return of(
                target,
                GatewaySubscribeRequest.newBuilder()
                        .setGatewayClientId(gatewayClientId)
                        .setWantNotices(true)
                        .build());
    }

    /**
     * Returns the same options with other {@link #targets}.
     *
     * @throws IllegalArgumentException if the list is empty or has duplicates
     */
    public GatewayOptions withTargets(List<Target> newTargets) {
        return new GatewayOptions(newTargets, subscription, failFast, connectTimeout, keepAlive, tls, token, backoff);
    }

    /** Returns the same options with another {@link #failFast}. */
    public GatewayOptions withFailFast(boolean newFailFast) {
        return new GatewayOptions(targets, subscription, newFailFast, connectTimeout, keepAlive, tls, token, backoff);
    }

    /**
     * Returns the same options with another {@link #connectTimeout}.
     *
     * @throws IllegalArgumentException if the timeout is not from 1 ms to 20 s
     */
    public GatewayOptions withConnectTimeout(Duration newTimeout) {
        return new GatewayOptions(targets, subscription, failFast, newTimeout, keepAlive, tls, token, backoff);
    }

    /**
     * Returns the same options with another {@link #keepAlive}.
     *
     * @throws IllegalArgumentException if the time is neither zero nor from 1 ms to 24 h
     */
    public GatewayOptions withKeepAlive(Duration newKeepAlive) {
        return new GatewayOptions(targets, subscription, failFast, connectTimeout, newKeepAlive, tls, token, backoff);
    }

    /** Returns the same options with TLS. */
    public GatewayOptions withTls(ClientTls newTls) {
        return new GatewayOptions(
                targets, subscription, failFast, connectTimeout, keepAlive, Optional.of(newTls), token, backoff);
    }

    /** Returns the same options with a bearer token. */
    public GatewayOptions withToken(TokenFile newToken) {
        return new GatewayOptions(
                targets, subscription, failFast, connectTimeout, keepAlive, tls, Optional.of(newToken), backoff);
    }

    /** Returns the same options with another {@link #backoff}. */
    public GatewayOptions withBackoff(Backoff newBackoff) {
        return new GatewayOptions(targets, subscription, failFast, connectTimeout, keepAlive, tls, token, newBackoff);
    }
}
