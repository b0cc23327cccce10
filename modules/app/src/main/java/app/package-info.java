/**
 * The composition root. {@link app.Main} is the entry point of the command line. {@link app.PushServer} is a running
 * hub: {@code ServerAssembly} creates its parts from the {@link app.settings.Settings}, and {@code ServerLifecycle}
 * starts and stops them.
 */
package app;
