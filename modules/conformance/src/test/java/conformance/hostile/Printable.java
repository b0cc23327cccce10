package conformance.hostile;

/** Text that a test's name can carry. */
final class Printable {

    private Printable() {}

    /** The text in quotes, with what is not printable ASCII as its code. */
    static String of(String text) {
        StringBuilder printable = new StringBuilder("\"");
        text.chars()
                .forEach(c -> printable.append(
                        c > ' ' - 1 && c < 0x7f ? String.valueOf((char) c) : "<" + Integer.toHexString(c) + ">"));
        return printable.append('"').toString();
    }
}
