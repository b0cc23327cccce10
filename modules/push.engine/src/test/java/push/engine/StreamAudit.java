package push.engine;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import push.engine.NaiveEvent.Known;
import push.engine.Notice.Gap;
import push.engine.Notice.Heartbeat;
import push.engine.Notice.Opened;

/**
 * Compares one stream with notices with everything that was published: each event for its reader must be delivered in
 * order, or reported as missing. It is independent of how a hub decides.
 */
final class StreamAudit {

    private final Interest interest;
    private final Map<String, NaiveLog> lives;
    private NaiveLog life;
    private long at = -1;
    private long gapTo;
    private @Nullable Cursor former;
    private boolean invalidationsReported;

    /**
     * @param notPromised the last event that the reader does not expect, such as an expired one if it asks for the
     *     earliest
     */
    StreamAudit(Interest interest, NaiveLog life, Map<String, NaiveLog> lives, long notPromised) {
        this.interest = interest;
        this.life = life;
        this.lives = lives;
        this.gapTo = notPromised;
    }

    void delivered(Delivery delivery) {
        switch (delivery) {
            case Opened opened -> {
                require(at == -1, "opened twice");
                // A cursor of another epoch counts until its gap is delivered: a cut before that must lead to the gap
                // again.
                former = opened.resume() == Resume.OTHER_EPOCH ? opened.cursor() : null;
                at = former == null ? opened.cursor().sequence() : 0;
            }
            case Entry entry -> {
                require(isFor(entry.sequence()), "an event outside the interest: " + entry.sequence());
                require(entry.sequence() > at, "out of order or twice: " + entry.sequence());
                accountFor(entry.sequence() - 1);
                at = entry.sequence();
            }
            case Heartbeat heartbeat -> {
                accountFor(heartbeat.cursor().sequence());
                at = heartbeat.cursor().sequence();
            }
            case Gap gap -> gap(gap);
            case Notice.GoAway goAway -> {}
        }
    }

    private void gap(Gap gap) {
        if (former != null) {
            require(gap.from().equals(former) && gap.invalidationsMissed(), "expected the gap of the restart: " + gap);
            former = null;
        } else if (!gap.from().epoch().equals(gap.to().epoch())) {
            accountFor(gap.from().sequence());
            require(gap.from().sequence() >= life.head(), "a new epoch before the former one was read: " + gap);
            require(gap.invalidationsMissed(), "a new epoch without missed invalidations: " + gap);
            life = Objects.requireNonNull(lives.get(gap.to().epoch()));
            at = 0;
        } else {
            require(gap.from().sequence() >= at, "a gap with another start: " + gap);
            accountFor(gap.from().sequence());
            at = gap.from().sequence();
            long missing = between(at, gap.to().sequence())
                    .filter(e -> !e.isInvalidation())
                    .count();
            boolean lateGap = at < gapTo;
            require(lateGap || gap.missed() == missing, "a gap with a wrong count: " + gap);
        }
        gapTo = gap.to().sequence();
        invalidationsReported = gap.invalidationsMissed();
        accountFor(gap.cursor().sequence());
        at = gap.cursor().sequence();
    }

    /** Checks that everything for this reader up to there was delivered or reported. */
    private void accountFor(long to) {
        require(former == null, "an event before the gap of the restart");
        between(at, to).forEach(e -> {
            boolean mayBeInForce = e.isInvalidation() || e.known() == Known.LOST_ENTIRELY;
            boolean reported = e.sequence() <= gapTo && (!mayBeInForce || invalidationsReported);
            require(reported || superseded(e), "an unreported gap: " + e);
        });
    }

    private Stream<NaiveEvent> between(long from, long to) {
        return life.published().stream()
                .filter(e -> from < e.sequence() && e.sequence() <= to)
                .filter(e -> e.isFor(interest));
    }

    private boolean isFor(long sequence) {
        return between(sequence - 1, sequence).findAny().isPresent();
    }

    /** Only the last invalidation of a session must arrive. */
    private boolean superseded(NaiveEvent e) {
        return e.isInvalidation()
                && life.published().stream()
                        .anyMatch(later -> later.isInvalidation()
                                && later.sequence() > e.sequence()
                                && later.user().equals(e.user())
                                && Objects.equals(later.session(), e.session()));
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
