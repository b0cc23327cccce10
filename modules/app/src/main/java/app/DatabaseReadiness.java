package app;

import database.Database;
import database.HubLock;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.util.Optional;

/** Ready is a database that can be written to, and that no other hub can have. */
record DatabaseReadiness(Database database, Optional<HubLock> lock) implements HealthCheck {

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
        return HealthCheckResponse.builder()
                .status(database.isWritable() && lock.map(HubLock::isHeld).orElse(true))
                .build();
    }
}
