package conformance.soak;

import java.util.List;

/** The promises that a run has broken. */
public final class Verdict {

    private static final List<Promise> PROMISES = List.of(
            new Ordered(),
            new Unique(),
            new Interested(),
            new CompleteOrReported(),
            new Isolated(),
            new InvalidationsSurvive(),
            new Resumable(),
            new Bounded(),
            new Exercised());

    private Verdict() {}

    /**
     * Checks every promise against the run.
     *
     * @throws AssertionError if a promise is broken; the message has the promises, the first findings, and the seed to
     *     repeat the run
     */
    public static void of(Run run) {
        StringBuilder broken = new StringBuilder();
        for (Promise promise : PROMISES) {
            Findings findings = new Findings();
            promise.check(run, findings);
            if (!findings.none()) {
                broken.append("\n  ").append(promise.name()).append(' ').append(findings);
            }
        }
        if (!broken.isEmpty()) {
            throw new AssertionError(
                    "broken with -Dsoak.seed=%d in %s:%s".formatted(run.seed(), Figures.of(run), broken));
        }
    }
}
