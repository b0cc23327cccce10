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

/** That a stream is let go with its peer, whatever it is about and however the peer goes. */
class LifeAndDeathTest {

    private static final UUID USER = new UUID(1, 1);
    private static final int WIDE = 1 << 30;

    private final TestHub server = new TestHub(HubConfig.defaults(), Duration.ofMinutes(1));

    @AfterEach
    void stop() {
        server.close();
    }

    /** How a peer goes. */
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

    private void isLetGo(RawGateway gateway, Farewell farewell) throws Exception {
        assertThat(server.hub.status().subscribers(), is(1));
        farewell.say(gateway);
        Await.until(
                "it is let go", Duration.ofSeconds(5), () -> server.hub.status().subscribers() == 0);
        server.awaitNothingLeft();
    }

    @ParameterizedTest
    @EnumSource
    void idleStream(Farewell farewell) throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.subscribed("g");
            isLetGo(gateway, farewell);
        }
    }

    @ParameterizedTest
    @EnumSource
    void streamThatWaitsForItsWindow(Farewell farewell) throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.subscribed("g");
            publish(100_000);
            while (gateway.answer(1).bytes() < RawGateway.DEFAULT_WINDOW) {
                gateway.read();
            }
            isLetGo(gateway, farewell);
        }
    }

    @ParameterizedTest
    @EnumSource
    void streamThatHangsInAWrite(Farewell farewell) throws Exception {
        for (int i = 0; i < 16; i++) {
            publish(1 << 20); // in all more than there is room for on the way
        }
        try (RawGateway gateway = new RawGateway(server.port(), RawGateway.INITIAL_WINDOW_SIZE, WIDE)) {
            var everything = RawGateway.request("g").toBuilder()
                    .setStart(Start.START_EARLIEST)
                    .build();
            gateway.grant(0, WIDE).subscribe(1, everything).awaitFull();
            isLetGo(gateway, farewell);
            Await.until("no thread hangs in the write", Duration.ofSeconds(5), () -> writing() == 0);
        }
    }

    /** How many threads there are of streams of calls. */
    private static long writing() throws IOException {
        List<String> names = LiveThreads.names();
        return names.stream().filter(name -> name.contains("] - ")).count();
    }

    @ParameterizedTest
    @EnumSource
    void callWhoseRequestHasNotComeYet(Farewell farewell) throws Exception {
        try (RawGateway gateway = new RawGateway(server.port())) {
            gateway.call(1).data(1, 0, (byte) 0);
            Await.until("it has come", Duration.ofSeconds(5), () -> server.calls() == 1);
            farewell.say(gateway);
            server.awaitNothingLeft();
        }
    }

    @Test
    void callThatIsResetAtOnceIsForgottenThoughItsConnectionLives() throws Exception {
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
