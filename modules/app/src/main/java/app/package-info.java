/**
 * The composition root: {@link app.Main} is the entry point of the command line, {@link app.PushServer} assembles a
 * running hub, and {@link app.HubMetrics} provides its metrics.
 */
package app;
