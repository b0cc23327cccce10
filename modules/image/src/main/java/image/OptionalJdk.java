package image;

/**
 * The rule for references to large JDK modules that libraries can work without. Without this rule, adapters for Swing
 * models, beans or SQL types, which never run here, would add megabytes to the image.
 */
final class OptionalJdk {

    private OptionalJdk() {}

    /**
     * Whether a library that refers to a JDK module needs it.
     *
     * @param jdkModule the JDK module
     * @param library the findings about the library
     */
    static boolean isNeeded(String jdkModule, Findings library) {
        return switch (jdkModule) {
            // A server has no user interface.
            case "java.desktop" -> false;
            // JDBC drivers and connection pools implement these interfaces; other libraries only offer to use them.
            case "java.sql" ->
                library.inherited().contains("java.sql") || library.inherited().contains("javax.sql");
            default -> true;
        };
    }
}
