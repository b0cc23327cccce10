package conformance.soak;

/** How many messages a subscriber lets come: each call gives how many more. From any thread. */
interface Appetite {

    /** At the start of a stream. */
    int atStart();

    /** After each message. */
    int afterMessage();

    /**
     * Now and then.
     *
     * @param head how far the log has come
     * @param calm whether to take all from now on
     */
    int atTick(long head, boolean calm);

    /** Takes all, always. */
    static Appetite steady() {
        return new Appetite() {
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
