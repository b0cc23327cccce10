/** The configuration: every key, its default and its check, in {@link app.settings.Settings}. */
package app.settings;
