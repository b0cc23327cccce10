package http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OpenNamesTest {

    /** Of few letters, so that names come twice; as a set of the JDK has it. */
    @Test
    void aNameIsNewOnce() {
        Random random = new Random(1);
        for (int run = 0; run < 1_000; run++) {
            OpenNames open = new OpenNames();
            Set<String> known = new HashSet<>();
            int most = 1 << random.nextInt(10);
            for (int i = 0; i < most; i++) {
                String name = Integer.toString(random.nextInt(most), 3);
                assertThat(name, open.add(name), is(known.add(name)));
            }
        }
    }

    @Test
    void manyNamesAreAllKnown() {
        OpenNames open = new OpenNames();
        for (int i = 0; i < 100_000; i++) {
            assertThat(open.add("name-" + i), is(true));
        }
        for (int i = 0; i < 100_000; i++) {
            assertThat(open.add("name-" + i), is(false));
        }
    }

    @Test
    void aClearedOneKnowsNothing() {
        OpenNames open = new OpenNames();
        for (int names : new int[] {3, 300, 3}) {
            for (int i = 0; i < names; i++) {
                assertThat(open.add("name-" + i), is(true));
            }
            open.clear();
        }
    }
}
