package benchmarks.http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RowsTest {

    private static final UUID ONE = new UUID(0, 1);
    private static final UUID OTHER = new UUID(0, 2);

    @Test
    void exactlyTheConfirmedRevocationsAreRight() {
        assertThat(new Rows(Set.of(ONE, OTHER), 2, 0, 2).wrong(Set.of(ONE, OTHER)), is(0L));
    }

    @Test
    void aMissingRevocationIsWrongAndSoIsItsSession() {
        assertThat(new Rows(Set.of(ONE), 1, 0, 1).wrong(Set.of(ONE, OTHER)), is(2L));
    }

    @Test
    void anUnrequestedRevocationIsWrong() {
        assertThat(new Rows(Set.of(ONE, OTHER), 2, 0, 1).wrong(Set.of(ONE)), is(1L));
    }

    @Test
    void aDuplicateRevocationIsWrong() {
        assertThat(new Rows(Set.of(ONE), 2, 0, 1).wrong(Set.of(ONE)), is(1L));
    }

    @Test
    void anUnpublishedRevocationIsWrong() {
        assertThat(new Rows(Set.of(ONE), 1, 1, 1).wrong(Set.of(ONE)), is(1L));
    }
}
