package conformance.soak;

/** A subscriber's demand. Each call returns how many additional messages to request. Thread-safe. */
interface Demand {

    /** The demand at the start of a stream. */
    int atStart();

    /** The additional demand after each message. */
    int afterMessage();

    /**
     * The additional demand at a periodic tick.
     *
     * @param head the last sequence of the log
     * @param calm whether to request everything from now on
     */
    int atTick(long head, boolean calm);

    /** Always requests everything. */
    static Demand steady() {
        return new Demand() {
            @Override
            public int atStart() {
                return Integer.MAX_VALUE;
            }

            @Override
            public int afterMessage() {
                return 0;
            }

            @Override
            public int atTick(long head, boolean calm) {
                return 0;
            }
        };
    }
}
