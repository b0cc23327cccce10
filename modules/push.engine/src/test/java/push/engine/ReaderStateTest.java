package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import push.engine.Notice.Gap.Reason;

class ReaderStateTest {

    private static final int MOST = 4;

    /** All valid states with small numbers. */
    private static List<ReaderState> states() {
        List<ReaderState> states = new ArrayList<>();
        for (long lost = 0; lost <= MOST; lost++) {
            for (long position = 0; position <= lost; position++) {
                for (long reported = 0; reported <= lost; reported++) {
                    states.add(new ReaderState(position, reported, lost, 3, Reason.EVICTED, false));
                }
            }
        }
        return states;
    }

    @Test
    void neitherPositionNorReportedGapExceedsTheLoss() {
        for (long position = 0; position <= MOST; position++) {
            for (long reported = 0; reported <= MOST; reported++) {
                for (long lost = 0; lost < Math.max(position, reported); lost++) {
                    long at = position;
                    long reportedTo = reported;
                    long lostTo = lost;
                    var refused = assertThrows(
                            IllegalArgumentException.class,
                            () -> new ReaderState(at, reportedTo, lostTo, 0, Reason.SLOW_CONSUMER, false));
                    assertThat(
                            refused.getMessage(),
                            is("position " + position + " and reported " + reported
                                    + " must not be beyond what is lost, which is " + lost));
                }
            }
        }
    }

    @Test
    void theNextEventShowsWhetherAReaderIsWithinOrBeforeAGap() {
        for (ReaderState state : states()) {
            long next = state.position() + 1;
            boolean reported = next <= state.reported();
            boolean lost = next <= state.lost();
            assertThat(state + " is in a gap", state.inGap(), is(reported));
            assertThat(state + " is before a gap", state.beforeGap(), is(lost && !reported));
        }
    }

    @Test
    void aNewStateHasNoLoss() {
        for (long position = 0; position <= MOST; position++) {
            ReaderState state = ReaderState.at(position);
            assertThat(state, is(new ReaderState(position, position, position, 0, Reason.SLOW_CONSUMER, false)));
            assertThat(state.inGap() || state.beforeGap(), is(false));
        }
    }

    @Test
    void lossesAddUpAndKeepTheFirstReason() {
        for (ReaderState state : states()) {
            for (long through = state.lost(); through <= MOST + 1; through++) {
                ReaderState expected =
                        new ReaderState(state.position(), state.reported(), through, 3 + 2, Reason.EVICTED, true);
                assertThat(state.losing(through, 2), is(expected));
            }
        }
    }

    @Test
    void aReportedStateHasNothingToReport() {
        for (ReaderState state : states()) {
            ReaderState reported = state.reportedAll();
            assertThat(
                    reported,
                    is(new ReaderState(state.position(), state.lost(), state.lost(), 0, Reason.SLOW_CONSUMER, false)));
            assertThat(reported.beforeGap(), is(false));
            assertThat(reported.inGap(), is(state.position() < state.lost()));
        }
    }

    @Test
    void aMovedStateKeepsLaterLossesAndReports() {
        for (ReaderState state : states()) {
            for (long to = 0; to <= MOST + 2; to++) {
                ReaderState moved = state.movedTo(to);
                assertThat(moved.position(), is(to));
                for (long next = to + 1; next <= MOST + 3; next++) {
                    assertThat(state + " at " + to, next <= moved.reported(), is(next <= state.reported()));
                    assertThat(state + " at " + to, next <= moved.lost(), is(next <= state.lost()));
                }
                assertThat(moved.missed(), is(state.missed()));
                assertThat(moved.reason(), is(state.reason()));
            }
        }
    }

    @Test
    void aLossStartsAnEpisodeThatLastsUntilTheReaderHasCaughtUp() {
        ReaderState state = ReaderState.at(5);
        assertThat(state.losing(7, 0).lagging(), is(false)); // nothing in it was for this reader
        ReaderState lagging = state.losing(7, 1);
        assertThat(lagging.lagging(), is(true));
        assertThat(lagging.losing(9, 0).reportedAll().movedTo(10).lagging(), is(true));
        assertThat(lagging.reportedAll().movedTo(7).caughtUp(), is(ReaderState.at(7)));
    }
}
