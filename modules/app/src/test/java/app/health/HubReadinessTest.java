package app.health;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.helidon.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import push.engine.EngineRuntime;
import push.engine.Hub;
import push.engine.HubConfig;
import push.engine.HubObserver;

class HubReadinessTest {

    @Test
    void upOnlyWhileTheHubAcceptsSubscriptions() {
        Hub hub = Hub.open(HubConfig.defaults(), "memory", EngineRuntime.system(), HubObserver.none());
        HubReadiness readiness = new HubReadiness(hub);
        assertThat(readiness.call().status(), is(Status.UP));
        hub.close();
        assertThat(readiness.call().status(), is(Status.DOWN));
    }
}
