package idempotency;

/** Something that is done once under a key. */
public interface Attempt {

    /** Does it. */
    Answer run();

    /** Whether others may have seen something of it. */
    boolean begun();
}
