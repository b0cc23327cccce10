/** The configuration. {@link app.settings.Settings} has the keys with their defaults and checks. */
package app.settings;
