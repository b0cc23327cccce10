package limits;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThanOrEqualTo;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RequestBudgetTest {

    private static final long ALL = 1 << 20;

    private final RequestBudget budget = RequestBudget.of(ALL);

    @Test
    void interestsHoldAtMostHalf() {
        Lease _ = budget.interests().tryAcquire(ALL / 2).orElseThrow();
        assertTrue(budget.interests().tryAcquire(1).isEmpty());
        assertThat(budget.whole().held(), is(ALL / 2));
    }

    @Test
    void interestsLeaveAQuarterForBodies() {
        Lease _ = budget.interests().tryAcquire(ALL / 2).orElseThrow();
        Lease _ = budget.bodies().tryAcquire(ALL / 4).orElseThrow();
        assertTrue(budget.bodies().tryAcquire(1).isEmpty());
    }

    @Test
    void bodiesAndInterestsLeaveAQuarterForCompleteRequests() {
        Lease _ = budget.bodies().tryAcquire(budget.bodies().capacity()).orElseThrow();
        Lease _ = budget.whole().tryAcquire(ALL / 4).orElseThrow();
        assertTrue(budget.whole().tryAcquire(1).isEmpty());
    }

    @Test
    void theDefaultIsAnEighthOfTheHeap() {
        long heap = Runtime.getRuntime().maxMemory();
        assertThat(RequestBudget.defaultBytes(), lessThanOrEqualTo(Math.max(RequestBudget.MIN_BYTES, heap / 8)));
        assertThat(RequestBudget.defaultBytes(), greaterThanOrEqualTo(RequestBudget.MIN_BYTES));
    }

    @Test
    void budgetBelowTheMinimumIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> RequestBudget.of(RequestBudget.MIN_BYTES - 1));
    }
}
