package benchmarks.fanout;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import benchmarks.BarChart;
import benchmarks.Medians;
import java.util.List;
import org.junit.jupiter.api.Test;

class FanoutReportTest {

    private static final String THROUGHPUT = "flat.50.perSecond";

    private final Medians medians = new Medians();

    @Test
    void barsAreRatiosOfMeasuredFiguresOfTheSameRun() {
        medians.add("push", THROUGHPUT, 3_000_000);
        medians.add("reference-netty", THROUGHPUT, 1_000_000);
        List<Bar> bars = Bar.of(medians);
        assertThat(bars, hasSize(1));
        assertThat(bars.getFirst().ratio(), is(3.0));
        assertThat(bars.getFirst().met(), is(true));
    }

    @Test
    void aMissedBarIsReported() {
        medians.add("push", THROUGHPUT, 2_000_000);
        medians.add("reference-netty", THROUGHPUT, 1_000_000);
        assertThat(new FanoutReport(medians).text(), containsString("NOT MET"));
    }

    @Test
    void theTableHasAColumnForEachMeasuredContender() {
        medians.add("push", THROUGHPUT, 3_000_000);
        medians.add("floor", THROUGHPUT, 9_000_000);
        String text = new FanoutReport(medians).text();
        assertThat(text, containsString("3,000,000"));
        assertThat(text, containsString("floor"));
        assertThat(text, not(containsString("nats")));
    }

    @Test
    void longestBarHasTheLargestValue() {
        String svg =
                new BarChart("title", List.of(new BarChart.Row("a", 5, true), new BarChart.Row("b", 10, false))).svg();
        assertThat(svg, containsString("width=\"210.0\""));
        assertThat(svg, containsString("width=\"420.0\""));
        assertThat(svg, containsString(">10.0<"));
    }
}
