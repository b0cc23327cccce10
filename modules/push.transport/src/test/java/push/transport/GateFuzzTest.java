package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import push.engine.HubConfig;
import push.transport.gate.RawFrame;
import testing.Await;
import testing.ForeignGateway;

/**
 * Peers send random frames, valid and invalid, and end their connections at random moments. A gateway beside them gets
 * every event, and the peers leave nothing behind.
 */
class GateFuzzTest {

    private static final int PEERS = 60;
    private static final int FRAMES = 60;
    private static final int TYPES = 12;
    private static final int STREAMS = 12;

    private final TestHub server = new TestHub(HubConfig.defaults(), Duration.ofMinutes(1));

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void randomFramesDisturbNoOtherConnection(long seed) throws Exception {
        Random random = new Random(seed);
        var innocent = new ForeignGateway(server.channel(), RawGateway.request("innocent")).readingAll();
        Await.until(
                "the gateway is subscribed",
                Duration.ofSeconds(10),
                () -> server.hub.status().subscribers() == 1);
        for (int peer = 0; peer < PEERS; peer++) {
            try (RawGateway gateway = new RawGateway(server.port())) {
                play(random, gateway);
            } catch (IOException e) {
                // The hub ends the connection after some of these frames.
            }
            server.hub.publisher().invalidate(new UUID(seed, peer), null, "", "");
            assertThat(innocent.next().getSessionInvalidation().getUserId(), is(new UUID(seed, peer).toString()));
        }
        Await.until(
                "only the gateway is left",
                Duration.ofSeconds(20),
                () -> server.hub.status().subscribers() == 1 && server.calls() == 1 && server.connections() == 1);
    }

    private static void play(Random random, RawGateway gateway) throws IOException {
        for (int i = random.nextInt(FRAMES); i >= 0; i--) {
            int stream = random.nextInt(STREAMS);
            switch (random.nextInt(8)) {
                case 0 -> gateway.subscribe(stream | 1, RawGateway.request("fuzz"));
                case 1 -> gateway.call(stream | 1);
                case 2 -> gateway.callAndReset(stream | 1);
                case 3 -> gateway.data(stream | 1, random.nextInt(2), bytes(random, 40));
                case 4 -> gateway.grant(stream, random.nextInt(4) == 0 ? random.nextInt() : random.nextInt(100_000));
                case 5 -> gateway.settings(random.nextInt(7), random.nextInt(3) == 0 ? random.nextInt() : 20_000);
                default -> gateway.send(anyFrame(random, stream));
            }
        }
        if (random.nextBoolean()) {
            gateway.tear();
        }
    }

    private static RawFrame anyFrame(Random random, int stream) {
        byte[] payload = bytes(random, random.nextInt(20) == 0 ? 20_000 : 20);
        if (payload.length >= Integer.BYTES && random.nextBoolean()) {
            ByteBuffer.wrap(payload).putInt(random.nextInt(STREAMS)); // a dependency, an increment, or an error code
        }
        return new RawFrame(random.nextInt(TYPES), random.nextInt(256), random.nextInt(3) == 0 ? 0 : stream, payload);
    }

    private static byte[] bytes(Random random, int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A gateway shares its connection with every error that ends only a stream. */
    @Test
    void errorsOnOtherStreamsDoNotEndAStreamOfTheSameConnection() throws Exception {
        try (RawGateway gateway = new RawGateway(server.port()).subscribed("innocent")) {
            Random random = new Random(7);
            for (int stream = 3; stream < 600; stream += 2) {
                mistake(random, gateway, stream);
            }
            server.hub.publisher().invalidate(new UUID(1, 1), null, "", "");
            while (gateway.answer(1).bytes() == 0) {
                gateway.read(); // fails if the connection ends
            }
            assertThat(server.hub.status().subscribers(), is(1));
        }
    }

    private static void mistake(Random random, RawGateway gateway, int stream) throws IOException {
        switch (random.nextInt(7)) {
            case 0 -> gateway.headers(stream, 0, RawGateway.headersOf("POST", "Upper-Case", "x"));
            case 1 -> gateway.headers(stream, 0, ":method", "GET", ":path", "/");
            case 2 -> gateway.call(stream).grant(stream, 0);
            case 3 -> gateway.call(stream).grant(stream, Integer.MAX_VALUE);
            case 4 ->
                gateway.callAndReset(stream)
                        .data(stream, 0, (byte) 1)
                        .cancel(stream)
                        .grant(stream, 1);
            case 5 ->
                gateway.headers(stream, 0, RawGateway.headersOf("GET", "content-length", "5"))
                        .data(stream, 1);
            default -> gateway.callWithoutRequest(stream).data(stream, 0, (byte) 1);
        }
    }
}
