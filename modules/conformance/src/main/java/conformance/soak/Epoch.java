package conformance.soak;

/**
 * An epoch of a log.
 *
 * @param name the name of the epoch in its cursors
 */
record Epoch(String name) {

    /** The sequence of a cursor, or {@link Note#NONE} if the text is not a cursor of this epoch. */
    long sequence(String cursor) {
        int dash = name.length();
        if (!cursor.startsWith(name) || cursor.length() < dash + 2 || cursor.charAt(dash) != '-') {
            return Note.NONE;
        }
        try {
            long sequence = Long.parseLong(cursor, dash + 1, cursor.length(), 10);
            return sequence >= 0 && sequence < Transcript.SEQUENCE_LIMIT ? sequence : Note.NONE;
        } catch (NumberFormatException e) {
            return Note.NONE;
        }
    }

    String cursor(long sequence) {
        return name + "-" + sequence;
    }
}
