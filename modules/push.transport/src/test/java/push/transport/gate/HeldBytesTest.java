package push.transport.gate;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import org.junit.jupiter.api.Test;

class HeldBytesTest {

    private static final int MIB = 1 << 20;

    private final HeldBytes all = new HeldBytes(4 * MIB);

    @Test
    void oneConnectionTakesHalfAndLeavesSomeForOthers() {
        HeldBytes.Account greedy = all.open();
        HeldBytes.Account modest = all.open();
        while (!greedy.isFull()) {
            greedy.add(MIB / 4);
        }
        assertThat(greedy.bytes(), is(2L * MIB + MIB / 4));
        assertThat(greedy.tryAdd(1), is(false));
        assertThat(modest.tryAdd(MIB / 2), is(true));
        assertThat("a second account still has room", modest.isFull(), is(false));
        modest.add(1);
        assertThat(modest.isFull(), is(true));
    }

    @Test
    void nothingIsHeldBeyondTheBudget() {
        for (int i = 0; i < 9; i++) {
            all.open().add(MIB / 2);
        }
        assertThat(all.open().isFull(), is(true));
    }

    @Test
    void aClosedShareHoldsNothingEvenAfterLateReturns() {
        HeldBytes.Account account = all.open();
        account.add(MIB);
        account.close();
        account.add(-MIB);
        account.close();
        assertThat(all.bytes(), is(0L));
        assertThat(account.bytes(), is(0L));
    }
}
