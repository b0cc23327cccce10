package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import push.engine.Notice.Gap.Reason;

class PlaceTest {

    private static final int MOST = 4;

    /** All that there can be with small numbers. */
    private static List<Place> places() {
        List<Place> places = new ArrayList<>();
        for (long lost = 0; lost <= MOST; lost++) {
            for (long position = 0; position <= lost; position++) {
                for (long told = 0; told <= lost; told++) {
                    places.add(new Place(position, told, lost, 3, Reason.EVICTED, false));
                }
            }
        }
        return places;
    }

    @Test
    void nobodyStandsBeyondWhatIsLostNorWasToldOfMore() {
        for (long position = 0; position <= MOST; position++) {
            for (long told = 0; told <= MOST; told++) {
                for (long lost = 0; lost < Math.max(position, told); lost++) {
                    long at = position;
                    long toldTo = told;
                    long lostTo = lost;
                    var refused = assertThrows(
                            IllegalArgumentException.class,
                            () -> new Place(at, toldTo, lostTo, 0, Reason.SLOW_CONSUMER, false));
                    assertThat(
                            refused.getMessage(),
                            is("position " + position + " and told " + told
                                    + " must not be beyond what is lost, which is " + lost));
                }
            }
        }
    }

    @Test
    void whatIsToldAndWhatIsLostOfTheNextEventSayWhereItStands() {
        for (Place place : places()) {
            long next = place.position() + 1;
            boolean told = next <= place.told();
            boolean lost = next <= place.lost();
            assertThat(place + " is in a gap", place.inGap(), is(told));
            assertThat(place + " is before a gap", place.beforeGap(), is(lost && !told));
        }
    }

    @Test
    void nothingIsLostToOneThatStartsAnywhere() {
        for (long position = 0; position <= MOST; position++) {
            Place place = Place.at(position);
            assertThat(place, is(new Place(position, position, position, 0, Reason.SLOW_CONSUMER, false)));
            assertThat(place.inGap() || place.beforeGap(), is(false));
        }
    }

    @Test
    void lossesAddUpAndTheFirstReasonStays() {
        for (Place place : places()) {
            for (long through = place.lost(); through <= MOST + 1; through++) {
                Place expected = new Place(place.position(), place.told(), through, 3 + 2, Reason.EVICTED, true);
                assertThat(place.losing(through, 2), is(expected));
            }
        }
    }

    @Test
    void onceAllIsToldThereIsNothingToTell() {
        for (Place place : places()) {
            Place told = place.toldAll();
            assertThat(
                    told, is(new Place(place.position(), place.lost(), place.lost(), 0, Reason.SLOW_CONSUMER, false)));
            assertThat(told.beforeGap(), is(false));
            assertThat(told.inGap(), is(place.position() < place.lost()));
        }
    }

    @Test
    void whereItMovesToWhatFollowsStaysLostOrTold() {
        for (Place place : places()) {
            for (long to = 0; to <= MOST + 2; to++) {
                Place moved = place.movedTo(to);
                assertThat(moved.position(), is(to));
                for (long next = to + 1; next <= MOST + 3; next++) {
                    assertThat(place + " at " + to, next <= moved.told(), is(next <= place.told()));
                    assertThat(place + " at " + to, next <= moved.lost(), is(next <= place.lost()));
                }
                assertThat(moved.missed(), is(place.missed()));
                assertThat(moved.reason(), is(place.reason()));
            }
        }
    }

    @Test
    void lossThatCountsStartsAnEpisodeThatLastsUntilItHasCaughtUp() {
        Place place = Place.at(5);
        assertThat(place.losing(7, 0).lagging(), is(false)); // nothing in it was for this reader
        Place lagging = place.losing(7, 1);
        assertThat(lagging.lagging(), is(true));
        assertThat(lagging.losing(9, 0).toldAll().movedTo(10).lagging(), is(true));
        assertThat(lagging.toldAll().movedTo(7).caughtUp(), is(Place.at(7)));
    }
}
