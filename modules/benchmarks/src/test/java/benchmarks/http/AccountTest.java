package benchmarks.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import benchmarks.http.Account.Balance;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AccountTest {

    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    private final Account account = new Account(Duration.ofMillis(1));

    @Test
    void oneArrivalSettlesAPromiseEvenIfItPrecedesTheResponse() {
        account.arrived(ONE);
        account.promised(ONE);
        assertThat(account.settle(), is(new Balance(0, 0)));
    }

    @Test
    void aMissingArrivalIsLost() {
        account.promised(ONE);
        assertThat(account.settle(), is(new Balance(1, 0)));
    }

    @Test
    void aRepeatedArrivalDoesNotReplaceAnother() {
        account.promised(ONE);
        account.promised(OTHER);
        account.arrived(ONE);
        account.arrived(ONE);
        assertThat(account.settle(), is(new Balance(1, 1)));
    }

    @Test
    void aSettledAccountStartsAgain() {
        account.promised(ONE);
        account.settle();
        assertThat(account.settle(), is(new Balance(0, 0)));
    }
}
