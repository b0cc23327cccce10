package conformance.soak;

import java.util.BitSet;

/**
 * A subscriber with notices gets every client event within its interest, or a gap that covers the event. A gap has the
 * exact number of its client events. For a subscriber with an interest the number may include other events, because the
 * hub cannot check an event that it no longer retains.
 */
final class CompleteOrReported implements Promise {

    @Override
    public void check(Run run, Findings findings) {
        BitSet all = run.published().clientEventsFor(Filter.EVERYTHING);
        for (Seen seen : run.seen()) {
            if (seen.profile().notices()) {
                Account account = Account.of(seen.transcript());
                complete(seen, account, run.published(), findings);
                exact(seen, account, all, findings);
            }
        }
    }

    private static void complete(Seen seen, Account account, Published published, Findings findings) {
        published.clientEventsFor(seen.filter()).stream()
                .filter(sequence -> !account.accountsFor(sequence))
                .forEach(sequence ->
                        findings.add("%s neither received %d nor a gap that covers it".formatted(seen.id(), sequence)));
    }

    private static void exact(Seen seen, Account account, BitSet all, Findings findings) {
        for (Note.Gap gap : account.passedGaps()) {
            long lost = account.notReceived(all, gap.from(), gap.to());
            boolean right = seen.filter().matchesAll() ? gap.missed() == lost : gap.missed() <= lost;
            if (!right) {
                findings.add("%s got a gap of %d from %d to %d, but lost %d"
                        .formatted(seen.id(), gap.missed(), gap.from(), gap.to(), lost));
            }
        }
    }
}
