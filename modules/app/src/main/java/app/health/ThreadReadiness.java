package app.health;

import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import threads.LongLived;
import threads.ThreadWatch;

/** A hub is ready while no needed thread is failing, and no long-lived thread is dead. */
record ThreadReadiness() implements HealthCheck {

    @Override
    public String name() {
        return "threads";
    }

    @Override
    public HealthCheckType type() {
        return HealthCheckType.READINESS;
    }

    @Override
    public HealthCheckResponse call() {
        boolean up =
                ThreadWatch.dead().isEmpty() && ThreadWatch.failing().stream().noneMatch(LongLived::isNeeded);
        return HealthCheckResponse.builder().status(up).build();
    }
}
