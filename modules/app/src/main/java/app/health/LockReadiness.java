package app.health;

import database.HubLock;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;

/** A hub is ready while it holds the lock that keeps other hubs off its database. */
record LockReadiness(HubLock lock) implements HealthCheck {

    @Override
    public String name() {
        return "lock";
    }

    @Override
    public HealthCheckType type() {
        return HealthCheckType.READINESS;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.builder().status(lock.isHeld()).build();
    }
}
