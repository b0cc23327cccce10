package conformance.soak;

/** Something that a hub promises, to be held against what was recorded of it. */
interface Promise {

    /** Adds each breach to the findings. */
    void check(Run run, Findings findings);

    default String name() {
        return getClass().getSimpleName();
    }
}
