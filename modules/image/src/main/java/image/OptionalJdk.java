package image;

/**
 * The rule for references to big parts of the JDK that libraries can do without: adapters for Swing models, beans or
 * SQL types, never run here, would otherwise pull megabytes into the image.
 */
final class OptionalJdk {

    private OptionalJdk() {}

    /**
     * Whether a library that mentions a JDK module really needs it.
     *
     * @param jdkModule the module mentioned
     * @param library what was found in the library
     */
    static boolean isNeeded(String jdkModule, Findings library) {
        return switch (jdkModule) {
            // A server draws nothing.
            case "java.desktop" -> false;
            // JDBC drivers and connection pools implement the interfaces of SQL; others only offer to talk to them.
            case "java.sql" ->
                library.inherited().contains("java.sql") || library.inherited().contains("javax.sql");
            default -> true;
        };
    }
}
