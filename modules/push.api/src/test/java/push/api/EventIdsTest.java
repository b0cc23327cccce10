package push.api;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class EventIdsTest {

    @Test
    void layoutIsThatOfTheRfcsExample() {
        // RFC 9562, appendix A.6.
        UUID id = EventIds.versionSeven(0x017F22E279B0L, 0xCC3, 0x18C4DC0C0C07398FL);
        assertThat(id, is(UUID.fromString("017f22e2-79b0-7cc3-98c4-dc0c0c07398f")));
    }

    @Test
    void versionAndVariantHoldForAnyRandomness() {
        UUID id = EventIds.versionSeven(0, -1, -1);
        assertThat(id.version(), is(7));
        assertThat(id.variant(), is(2));
    }

    @Test
    void twoAreNeverTheSame() {
        assertThat(EventIds.next(), is(not(EventIds.next())));
    }
}
