package benchmarks.fanout;

/**
 * The durations of a run.
 *
 * @param rounds how often all contenders are measured in turn
 * @param coldSeconds how long events are published to a server that has just started
 * @param warmSeconds how long the server then runs at full speed before the figures count
 * @param settleSeconds how long the server runs after each change of the number of subscribers before the figures count
 * @param measureSeconds how long each figure is measured
 * @param payloadBytes the size of an event's payload
 */
record Plan(int rounds, int coldSeconds, int warmSeconds, int settleSeconds, int measureSeconds, int payloadBytes) {

    /** Returns the plan of the results in the documentation. */
    static Plan full(int rounds) {
        return new Plan(rounds, 4, 8, 2, 5, 256);
    }

    /** Returns a plan that only checks that everything works; its figures mean nothing. */
    static Plan quick() {
        return new Plan(1, 1, 1, 1, 1, 256);
    }
}
