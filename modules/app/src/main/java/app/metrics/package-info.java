/**
 * The hub's metrics. {@link app.metrics.HubMetrics} counts what the hub and its streams report, {@link
 * app.metrics.RequestMetrics} counts HTTP requests, {@link app.metrics.HubGauges} shows the current state, and {@link
 * app.metrics.ProcessMetrics} shows what belongs to the process. All of them create their meters with {@link
 * app.metrics.Meters}; {@link app.metrics.MetricsRoutes} serves the values.
 */
package app.metrics;
