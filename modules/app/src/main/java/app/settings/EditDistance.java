package app.settings;

/**
 * The number of typing errors between two texts. An error is a missing, added or replaced character, or two adjacent
 * characters in the wrong order (the optimal string alignment distance).
 */
final class EditDistance {

    private EditDistance() {}

    /** The smallest number of errors that turn one text into the other. */
    static int between(String a, String b) {
        return between(a, b, Integer.MAX_VALUE);
    }

    /** Whether at most {@code errors} errors turn one text into the other. */
    static boolean isWithin(int errors, String a, String b) {
        return Math.abs(a.length() - b.length()) <= errors && between(a, b, errors) <= errors;
    }

    /** @param most the largest distance of interest; for a larger distance, the result is any number above it */
    private static int between(String a, String b, int most) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        int leastOfLast = 0;
        for (int i = 1; i <= a.length(); i++) {
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
            row[0] = i;
            int least = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
                if (areSwapped(a, i, b, j)) {
                    row[j] = Math.min(row[j], 1 + beforeLast[j - 2]);
                }
                least = Math.min(least, row[j]);
            }
            if (least > most && leastOfLast > most) { // no later value is below the minimum of the last two rows
                return least;
            }
            leastOfLast = least;
        }
        return row[b.length()];
    }

    private static boolean areSwapped(String a, int i, String b, int j) {
        return i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    }
}
