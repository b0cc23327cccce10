package app;

import app.health.HealthRoutes;
import app.metrics.MetricsRoutes;
import auth.RevocationRoutes;
import auth.SessionRoutes;
import console.StatusRoutes;
import io.helidon.webserver.http.HttpRules;
import notification.NotificationRoutes;

/**
 * All HTTP routes of a hub, with the paths below which they are served.
 *
 * @param sessions the calls for sessions
 * @param revocations the calls for revocations
 * @param notifications the calls that publish notifications
 * @param status the state of the hub and its subscriptions
 * @param openApi the description of all these calls
 * @param health readiness and liveness
 * @param metrics the metrics
 */
record HttpRoutes(
        SessionRoutes sessions,
        RevocationRoutes revocations,
        NotificationRoutes notifications,
        StatusRoutes status,
        OpenApiRoutes openApi,
        HealthRoutes health,
        MetricsRoutes metrics) {

    /** Registers all routes. Each path also answers the methods that it does not serve. */
    void register(HttpRules rules) {
        rules.register("/api/v1", sessions)
                .register("/api/v1", revocations)
                .register("/api/v1", notifications)
                .register("/api/v1/push", status)
                .register(openApi)
                .register("/observe/health", health)
                .register("/observe", metrics);
    }
}
