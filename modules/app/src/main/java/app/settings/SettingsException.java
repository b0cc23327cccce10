package app.settings;

/** An error in the configuration. The message names the key, the value and what is allowed. */
public final class SettingsException extends RuntimeException {

    private static final long serialVersionUID = 1;

    SettingsException(String key, String value, String allowed) {
        super(key + " must be " + allowed + ", but was \"" + visible(value) + "\"");
    }

    SettingsException(String message) {
        super(message);
    }

    /** Escapes line breaks, because the message must be one line. */
    private static String visible(String value) {
        return value.replace("\n", "\\n").replace("\r", "\\r");
    }
}
