package app.settings;

import java.util.Map;

/**
 * {@code push.log}: the kind of event log, and its own settings.
 *
 * @param kind the name of the log, such as {@code memory}
 * @param settings the settings below {@code push.<kind>}, by the rest of their key; may contain a password
 */
public record LogSettings(String kind, Map<String, String> settings) {

    /** Omits the settings. */
    @Override
    public String toString() {
        return kind;
    }
}
