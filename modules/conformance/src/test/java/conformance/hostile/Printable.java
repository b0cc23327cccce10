package conformance.hostile;

/** Makes text printable for the name of a test. */
final class Printable {

    private Printable() {}

    /** The text in quotes, with other characters than printable ASCII as codes. */
    static String of(String text) {
        StringBuilder printable = new StringBuilder("\"");
        text.chars()
                .forEach(c -> printable.append(
                        c > ' ' - 1 && c < 0x7f ? String.valueOf((char) c) : "<" + Integer.toHexString(c) + ">"));
        return printable.append('"').toString();
    }
}
