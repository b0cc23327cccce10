/**
 * The composition root: {@link app.Main} is the command line's entry, {@link app.PushServer} puts a
 * running hub together, {@link app.HubMetrics} counts what happens in it.
 */
package app;
