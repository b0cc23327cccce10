package http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NameSetTest {

    /** Adds the names in order, some as plain names and some as names with escapes. Returns the results. */
    private static List<Boolean> added(NameSet open, List<String> names) {
        List<Boolean> added = new ArrayList<>();
        int at = 0;
        for (String name : names) {
            byte[] bytes = name.getBytes(UTF_8);
            added.add(isEscaped(name) ? open.add(bytes) : open.add(at + 1, bytes.length));
            at += bytes.length + 2;
        }
        return added;
    }

    private static boolean isEscaped(String name) {
        return name.contains("\"") || name.length() % 3 == 2;
    }

    private static byte[] text(List<String> names) {
        StringBuilder text = new StringBuilder();
        names.forEach(name -> text.append('"').append(name).append('"'));
        return text.toString().getBytes(UTF_8);
    }

    private static List<Boolean> expected(List<String> names) {
        Set<String> known = new HashSet<>();
        return names.stream().map(known::add).toList();
    }

    /** The names have few different letters, so many are duplicates. A set of the JDK gives the expected results. */
    @Test
    void aNameIsNewOnce() {
        Random random = new Random(1);
        for (int run = 0; run < 1_000; run++) {
            int most = 1 << random.nextInt(10);
            List<String> names = new ArrayList<>();
            for (int i = 0; i < most; i++) {
                names.add(Integer.toString(random.nextInt(most), 3).replace('2', random.nextInt(9) == 0 ? '"' : 'ü'));
            }
            byte[] text = text(names);
            assertThat(names.toString(), added(new NameSet(text), names), is(expected(names)));
        }
    }

    @Test
    void manyNamesAreAllFound() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            names.add("name-" + i % 100_000);
        }
        byte[] text = text(names);
        assertThat(added(new NameSet(text), names).equals(expected(names)), is(true));
    }

    /** The text after a name is not part of the name, even if another name contains the same characters. */
    @Test
    void aNameEndsAtItsQuotationMark() {
        byte[] text = "\"a\":\"b\"".getBytes(UTF_8);
        NameSet open = new NameSet(text);
        assertThat(open.add(1, 1), is(true));
        assertThat(open.add("a\":".getBytes(UTF_8)), is(true));
        assertThat(open.add("a".getBytes(UTF_8)), is(false));
        assertThat(open.add("a\":".getBytes(UTF_8)), is(false));
    }

    @Test
    void aClearedSetIsEmpty() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            names.add("name-" + i);
        }
        byte[] text = text(names);
        NameSet open = new NameSet(text);
        for (int size : new int[] {3, 300, 3}) {
            List<String> some = names.subList(0, size);
            assertThat(added(open, some), is(expected(some)));
            open.clear();
        }
    }
}
