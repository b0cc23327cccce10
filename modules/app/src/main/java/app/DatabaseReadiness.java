package app;

import database.Database;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.time.Duration;

/** Ready is a database that answers. */
record DatabaseReadiness(Database database) implements HealthCheck {

    /** Whoever asks for health does not wait for long. */
    private static final Duration AT_MOST = Duration.ofSeconds(2);

    @Override
    public String name() {
        return "database";
    }

    @Override
    public HealthCheckType type() {
        return HealthCheckType.READINESS;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.builder().status(database.answers(AT_MOST)).build();
    }
}
