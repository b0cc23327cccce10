package conformance.soak;

import java.util.Collection;
import testing.Fault;

/** A promise of the soak itself, not of the hub: that the run exercised the other promises. */
final class Exercised implements Promise {

    private static final int MIN_REVOCATIONS = 10;

    @Override
    public void check(Run run, Findings findings) {
        Collection<Seen> subscribers = run.seen();
        Figures figures = Figures.of(run);
        long cut = subscribers.stream().filter(seen -> seen.profile().cut()).count();
        boolean gapsExpected = subscribers.stream()
                .anyMatch(seen -> seen.profile().notices() && seen.profile().slow());

        demand(findings, "client events", run.published().clientEvents(), Phase.EXCESSIVE_LAG);
        demand(findings, "revocations", run.published().revocations().size(), MIN_REVOCATIONS);
        demand(findings, "reconnects", figures.reconnects(), cut);
        if (cut > 0) {
            for (Fault.Kind kind : Fault.Kind.values()) {
                demand(findings, kind + " faults", run.samples().faults().getOrDefault(kind, 0L), 1);
            }
        }
        if (gapsExpected && !run.phase().lossless()) {
            demand(findings, "gaps", figures.gaps(), 1);
        }
    }

    private static void demand(Findings findings, String what, long count, long least) {
        if (count < least) {
            findings.add("too little happened to prove anything: %d %s, at least %d are needed"
                    .formatted(count, what, least));
        }
    }
}
