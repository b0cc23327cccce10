/**
 * Readiness and liveness. {@link app.health.ReadinessChecks} lists what must work for the hub to be ready, and {@link
 * app.health.HealthRoutes} serves the results.
 */
package app.health;
