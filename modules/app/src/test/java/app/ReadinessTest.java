package app;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.helidon.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import push.engine.EngineRuntime;
import push.engine.Hub;
import push.engine.HubConfig;
import push.engine.HubObserver;

class ReadinessTest {

    @Test
    void isUpExactlyWhileTheHubTakesSubscriptions() {
        Hub hub = Hub.open(HubConfig.defaults(), "memory", EngineRuntime.system(), HubObserver.none());
        Readiness readiness = new Readiness(hub);
        assertThat(readiness.call().status(), is(Status.UP));
        hub.close();
        assertThat(readiness.call().status(), is(Status.DOWN));
    }
}
