package benchmarks.fanout;

/**
 * How long everything takes.
 *
 * @param rounds how often all contenders are measured in turn
 * @param coldSeconds for how long events come to a server that has just started
 * @param warmSeconds for how long it then runs at full speed before anything counts
 * @param settleSeconds the same for another number of subscribers
 * @param measureSeconds for how long each figure is measured
 * @param payloadBytes of an event
 */
record Plan(int rounds, int coldSeconds, int warmSeconds, int settleSeconds, int measureSeconds, int payloadBytes) {

    /** As the results in the documents are made. */
    static Plan full(int rounds) {
        return new Plan(rounds, 4, 8, 2, 5, 256);
    }

    /** To see that everything works: its figures mean nothing. */
    static Plan quick() {
        return new Plan(1, 1, 1, 1, 1, 256);
    }
}
