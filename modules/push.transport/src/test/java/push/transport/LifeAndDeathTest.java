package push.transport;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import push.engine.HubConfig;
import push.protocol.v1.Start;
import testing.Await;
import testing.LiveThreads;

/** A stream is removed with its peer, whatever its state and however the peer leaves. */
class LifeAndDeathTest {

    private static final UUID USER = new UUID(1, 1);
    private static final int WIDE = 1 << 30;

    private final TestHub server = new TestHub(HubConfig.defaults(), Duration.ofMinutes(1));

    @AfterEach
    void stop() {
        server.close();
    }

    /** How a peer leaves. */
    enum Farewell {
        RST_STREAM {
            @Override
            void say(RawGateway gateway) throws IOException {
                gateway.cancel(1);
            }
        },
        FIN {
            @Override
            void say(RawGateway gateway) throws IOException {
                gateway.finish();
            }
        },
        TCP_RESET {
            @Override
            void say(RawGateway gateway) throws IOException {
                gateway.tear();
            }
        };

        abstract void say(RawGateway gateway) throws IOException;
    }

    private void publish(int bytes) {
        server.hub.publisher().invalidate(USER, null, "x".repeat(bytes), "");
    }

    private void assertRemoved(RawGateway gateway, Farewell farewell) throws Exception {
        assertThat(server.hub.status().subscribers(), is(1));
        farewell.say(gateway);
        Await.until(
                "the subscription is removed",
                Duration.ofSeconds(5),
                () -> server.hub.status().subscribers() == 0);
        server.awaitNothingLeft();
    }

    @ParameterizedTest
    @EnumSource
    void idleStream(Farewell farewell) throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.subscribed("g");
            assertRemoved(gateway, farewell);
        }
    }

    @ParameterizedTest
    @EnumSource
    void streamBlockedOnItsWindow(Farewell farewell) throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.subscribed("g");
            publish(100_000);
            while (gateway.answer(1).bytes() < RawGateway.DEFAULT_WINDOW) {
                gateway.read();
            }
            assertRemoved(gateway, farewell);
        }
    }

    @ParameterizedTest
    @EnumSource
    void streamBlockedInAWrite(Farewell farewell) throws Exception {
        for (int i = 0; i < 16; i++) {
            publish(1 << 20); // together more than the buffers in between hold
        }
        try (RawGateway gateway = new RawGateway(server.port(), RawGateway.INITIAL_WINDOW_SIZE, WIDE)) {
            var everything = RawGateway.request("g").toBuilder()
                    .setStart(Start.START_EARLIEST)
                    .build();
            gateway.grant(0, WIDE).subscribe(1, everything).awaitFull();
            assertRemoved(gateway, farewell);
            Await.until("no thread is blocked in a write", Duration.ofSeconds(5), () -> writing() == 0);
        }
    }

    /** The number of threads that serve calls. */
    private static long writing() throws IOException {
        List<String> names = LiveThreads.names();
        return names.stream().filter(name -> name.contains("] - ")).count();
    }

    @ParameterizedTest
    @EnumSource
    void callWithoutItsRequest(Farewell farewell) throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.call(1).data(1, 0, (byte) 0);
            Await.until("the call has arrived", Duration.ofSeconds(5), () -> server.calls() == 1);
            farewell.say(gateway);
            server.awaitNothingLeft();
        }
    }

    @Test
    void aCallThatIsResetAtOnceIsRemovedWhileItsConnectionContinues() throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            for (int stream = 1; stream < 401; stream += 2) {
                gateway.callAndReset(stream);
            }
            gateway.subscribe(401, RawGateway.request("g")).answerBegun(401);
            Await.until("only one is left", Duration.ofSeconds(5), () -> server.calls() == 1);
            assertThat(server.hub.status().subscribers(), is(1));
        }
    }
}
