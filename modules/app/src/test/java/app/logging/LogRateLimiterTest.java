package app.logging;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;

import app.logging.LogRateLimiter.Decision;
import app.logging.LogRateLimiter.Suppress;
import app.logging.LogRateLimiter.SuppressedLines;
import app.logging.LogRateLimiter.Write;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogRateLimiterTest {

    private static final long SECOND = 1_000_000_000;
    private static final Decision SUPPRESSED = new Suppress();

    private long now = -5 * SECOND;
    private final LogRateLimiter limiter = new LogRateLimiter(() -> now);

    private Decision decide(String category, String peer) {
        return limiter.decide(category, peer, 10, category + " of " + peer);
    }

    @Test
    void oneLinePerSecondIsWrittenAndReportsTheSuppressedLinesBeforeIt() {
        assertThat(decide("reset", "a"), is(new Write(0)));
        for (int i = 0; i < 1000; i++) {
            now += SECOND / 2000;
            assertThat(decide("reset", "a"), is(SUPPRESSED));
        }
        now += SECOND / 2;
        assertThat(decide("reset", "a"), is(new Write(1000)));
        assertThat(limiter.suppressed(), is(1000L));
        now += SECOND;
        assertThat(decide("reset", "a"), is(new Write(0)));
    }

    @Test
    void otherCategoriesAndPeersAreNotAffected() {
        assertThat(decide("reset", "a"), is(new Write(0)));
        assertThat(decide("reset", "b"), is(new Write(0)));
        assertThat(decide("flood", "a"), is(new Write(0)));
    }

    @Test
    void suppressedLinesAreReportedEvenIfNoOtherLineFollows() {
        decide("reset", "a");
        decide("reset", "a");
        assertThat("within the second", limiter.dueReports(), empty());
        now += SECOND;
        assertThat(limiter.dueReports(), contains(new SuppressedLines("reset of a", 1)));
        assertThat("reported once", limiter.dueReports(), empty());
        assertThat("a report counts as a line", decide("reset", "a"), is(SUPPRESSED));
    }

    @Test
    void manyPeersShareTheLimitOfTheirCategoryAndAreForgotten() {
        long written = IntStream.range(0, 100_000)
                .filter(peer -> decide("reset", "peer " + peer) instanceof Write)
                .count();
        assertThat(written, is(10L));
        assertThat(limiter.pairs(), lessThanOrEqualTo(LogRateLimiter.MAX_PEERS));
        long reported = 0;
        while (reported < 100_000 - 10) {
            now += SECOND;
            reported += limiter.dueReports().stream()
                    .mapToLong(SuppressedLines::count)
                    .sum();
        }
        assertThat(reported, is(100_000L - 10));
        now += SECOND;
        limiter.dueReports();
        assertThat(limiter.pairs(), is(0));
    }

    @Test
    void furtherCategoriesShareOneLimit() {
        long written = IntStream.range(0, 10_000)
                .filter(category -> decide("category " + category, "a") instanceof Write)
                .count();
        assertThat(written, lessThanOrEqualTo(LogRateLimiter.MAX_CATEGORIES + 10L));
    }

    @Test
    void linesAreWrittenAgainAfterTheTableWasFull() {
        IntStream.range(0, 2000).forEach(peer -> decide("reset", "peer " + peer));
        decide("flood", "late");
        now += 2 * SECOND;
        limiter.dueReports();
        now += SECOND;
        assertThat(decide("flood", "late"), is(new Write(0)));
    }
}
