package app.health;

import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import push.engine.Hub;

/** A hub is ready while it accepts subscriptions. */
record HubReadiness(Hub hub) implements HealthCheck {

    @Override
    public String name() {
        return "hub";
    }

    @Override
    public HealthCheckType type() {
        return HealthCheckType.READINESS;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.builder().status(hub.accepting()).build();
    }
}
