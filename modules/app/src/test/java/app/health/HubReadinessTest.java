package app.health;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import io.helidon.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;
import push.engine.Hub;
import push.engine.HubConfig;

class HubReadinessTest {

    @Test
    void upOnlyWhileTheHubAcceptsSubscriptions() {
        Hub hub = Hub.builder(HubConfig.defaults()).open();
        HubReadiness readiness = new HubReadiness(hub);
        assertThat(readiness.call().status(), is(Status.UP));
        hub.close();
        assertThat(readiness.call().status(), is(Status.DOWN));
    }
}
