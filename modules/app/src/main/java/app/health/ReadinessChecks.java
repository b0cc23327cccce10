package app.health;

import database.Database;
import database.HubLock;
import io.helidon.health.HealthCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import push.engine.Hub;

/** What must work for a hub to be ready. */
public final class ReadinessChecks {

    private ReadinessChecks() {}

    /**
     * The readiness checks of a hub.
     *
     * @param lock the lock that keeps other hubs off the database; empty if the hub needs none
     */
    public static List<HealthCheck> of(Hub hub, Database database, Optional<HubLock> lock) {
        List<HealthCheck> checks =
                new ArrayList<>(List.of(new HubReadiness(hub), new DatabaseReadiness(database), new ThreadReadiness()));
        lock.map(LockReadiness::new).ifPresent(checks::add);
        return checks;
    }
}
