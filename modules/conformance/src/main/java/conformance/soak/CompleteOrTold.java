package conformance.soak;

import java.util.BitSet;

/**
 * A subscriber with notices gets every client event that its interest takes, or is told of a gap that it lies in; and a
 * gap says exactly how many client events it holds. With an interest it may say more than matter: what is no longer
 * there can't be looked at.
 */
final class CompleteOrTold implements Promise {

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
                .forEach(sequence -> findings.add(
                        "%s neither received %d nor was it told of a gap there".formatted(seen.id(), sequence)));
    }

    private static void exact(Seen seen, Account account, BitSet all, Findings findings) {
        for (Note.Gap gap : account.passedGaps()) {
            long lost = account.notReceived(all, gap.from(), gap.to());
            boolean right = seen.filter().takesAll() ? gap.missed() == lost : gap.missed() <= lost;
            if (!right) {
                findings.add("%s was told that it missed %d from %d to %d, where it lost %d"
                        .formatted(seen.id(), gap.missed(), gap.from(), gap.to(), lost));
            }
        }
    }
}
