package app.cli;

import app.settings.SettingsException;

/** Why a command failed, and what to do about it, in one line for the one who typed it. */
final class CliException extends RuntimeException {

    private static final long serialVersionUID = 1;

    CliException(String message) {
        super(message);
    }

    /** One line for any failure. */
    static String explain(Throwable failure) {
        boolean ours = failure instanceof CliException
                || failure instanceof SettingsException
                || failure instanceof IllegalArgumentException;
        String message = failure.getMessage();
        String line = ours && message != null ? message : failure.toString();
        return line.lines().findFirst().orElse(failure.getClass().getName());
    }
}
