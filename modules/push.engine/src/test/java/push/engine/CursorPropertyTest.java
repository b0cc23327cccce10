package push.engine;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/** Each cursor has exactly one text, and each valid text exactly one cursor. */
class CursorPropertyTest {

    @Property
    void textIsReadBackAsTheSameCursor(@ForAll("cursors") Cursor cursor) {
        assertThat(Cursor.parse(cursor.toString()), is(Optional.of(cursor)));
    }

    @Property
    @StatisticsReport(StatisticsReportMode.OFF)
    void aValidTextIsWrittenBackUnchanged(@ForAll("nearCursors") String text) {
        Optional<Cursor> cursor = Cursor.parse(text);
        cursor.ifPresent(read -> assertThat(read.toString(), is(text)));
        Statistics.collect(cursor.isPresent());
        // Without both valid and invalid texts the property would prove little.
        Statistics.coverage(seen -> {
            seen.check(true).percentage(share -> share > 10);
            seen.check(false).percentage(share -> share > 10);
        });
    }

    @Provide
    Arbitrary<Cursor> cursors() {
        Arbitrary<String> epochs = Arbitraries.strings()
                .withCharRange('0', '9')
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withChars('_')
                .ofMinLength(1)
                .ofMaxLength(64);
        Arbitrary<Long> sequences = Arbitraries.longs().greaterOrEqual(0);
        return Combinators.combine(epochs, sequences).as(Cursor::new);
    }

    /** Texts of cursors, and texts of the characters that are significant in cursors. */
    @Provide
    Arbitrary<String> nearCursors() {
        Arbitrary<String> epochs = Arbitraries.strings().withChars("aZ9_é ").ofMaxLength(2);
        Arbitrary<String> dashes = Arbitraries.of("-", "--", "-+", "- ", "");
        Arbitrary<String> numbers = Arbitraries.strings().withChars("019١").ofMaxLength(20);
        return Arbitraries.oneOf(
                cursors().map(Cursor::toString),
                Combinators.combine(epochs, dashes, numbers).as((epoch, dash, number) -> epoch + dash + number));
    }
}
