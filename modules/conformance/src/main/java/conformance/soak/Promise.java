package conformance.soak;

/** A promise of the hub, which is checked against the records of a run. */
interface Promise {

    /** Adds each breach to the findings. */
    void check(Run run, Findings findings);

    default String name() {
        return getClass().getSimpleName();
    }
}
