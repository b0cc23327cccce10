package app.cli;

import app.settings.SettingsException;

/** The failure of a command. The message is one line that tells the user why the command failed and what to do. */
final class CliException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CliException(String message) {
        super(message);
    }

    /** Describes any failure in one line. */
    static String explain(Throwable failure) {
        boolean ours = failure instanceof CliException
                || failure instanceof SettingsException
                || failure instanceof IllegalArgumentException;
        String message = failure.getMessage();
        String line = ours && message != null ? message : failure.toString();
        return line.lines().findFirst().orElse(failure.getClass().getName());
    }
}
