package idempotency;

/** An attempt to act on a request. Runs once. */
public interface Attempt {

    /** Acts on the request. */
    KeyedResponse run();

    /** Whether other parties may have seen an effect of this attempt. */
    boolean mayHaveEffects();
}
