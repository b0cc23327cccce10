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
 * Holds one stream with notices against everything that was published: each event that is for its reader is
 * delivered in its turn, or told to be missing. Knows nothing of how a hub decides.
 */
final class StreamAudit {

    private final Interest interest;
    private final Map<String, NaiveLog> lives;
    private NaiveLog life;
    private long at = -1;
    private long gapTo;
    private @Nullable Cursor former;
    private boolean invalidationsTold;

    /** @param notPromised the last event that the reader does not expect: what is gone when it asks for the earliest */
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
                // A cursor of another life counts until its gap is told: a cut in between must lead to the gap again.
                former = opened.resume() == Resume.OTHER_EPOCH ? opened.cursor() : null;
                at = former == null ? opened.cursor().sequence() : 0;
            }
            case Entry entry -> {
                require(isFor(entry.sequence()), "an event that nobody asked for: " + entry.sequence());
                require(entry.sequence() > at, "out of order or twice: " + entry.sequence());
                accountFor(entry.sequence() - 1);
                at = entry.sequence();
            }
            case Heartbeat heartbeat -> {
                accountFor(heartbeat.cursor().sequence());
                at = heartbeat.cursor().sequence();
            }
            case Gap gap -> told(gap);
            case Notice.GoAway goAway -> {}
        }
    }

    private void told(Gap gap) {
        if (former != null) {
            require(
                    gap.from().equals(former) && gap.invalidationsMissed(),
                    "another gap than that of the restart: " + gap);
            former = null;
        } else if (!gap.from().epoch().equals(gap.to().epoch())) {
            accountFor(gap.from().sequence());
            require(gap.from().sequence() >= life.head(), "a new life before the former one was read: " + gap);
            require(gap.invalidationsMissed(), "a new life in which nothing may be missed: " + gap);
            life = Objects.requireNonNull(lives.get(gap.to().epoch()));
            at = 0;
        } else {
            require(gap.from().sequence() >= at, "a gap from elsewhere: " + gap);
            accountFor(gap.from().sequence());
            at = gap.from().sequence();
            long missing = between(at, gap.to().sequence())
                    .filter(e -> !e.isInvalidation())
                    .count();
            boolean lateGap = at < gapTo;
            require(lateGap || gap.missed() == missing, "a gap that miscounts: " + gap);
        }
        gapTo = gap.to().sequence();
        invalidationsTold = gap.invalidationsMissed();
        accountFor(gap.cursor().sequence());
        at = gap.cursor().sequence();
    }

    /** Everything for this reader up to there has to be delivered or told. */
    private void accountFor(long to) {
        require(former == null, "an event before the gap of the restart was told");
        between(at, to).forEach(e -> {
            boolean mayBeInForce = e.isInvalidation() || e.known() == Known.LOST_ENTIRELY;
            boolean told = e.sequence() <= gapTo && (!mayBeInForce || invalidationsTold);
            require(told || superseded(e), "a silent gap: " + e);
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

    /** Only the last invalidation of a session has to come. */
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
