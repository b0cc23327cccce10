package benchmarks.fanout;

import benchmarks.BarChart;
import benchmarks.Medians;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes charts of the most important figures. */
final class FanoutCharts {

    private final Medians medians;

    FanoutCharts(Medians medians) {
        this.medians = medians;
    }

    void write(Path folder) throws IOException {
        String flat = "flat." + Round.AUDIENCE + ".";
        Files.writeString(
                folder.resolve("fanout-throughput.svg"),
                peers("Deliveries a second, 50 subscribers (millions)", flat + "perSecond", 1e-6));
        Files.writeString(
                folder.resolve("fanout-cpu.svg"),
                peers("Server CPU a delivery, 50 subscribers, full speed (µs)", flat + "cpuSecondsPerMillion", 1));
        Files.writeString(
                folder.resolve("fanout-latency.svg"),
                peers("p99 at 1,000 events/s to 50 subscribers (µs)", "paced.1000.p99Micros", 1));
        Files.writeString(
                folder.resolve("fanout-idle.svg"),
                peers("Memory for each idle subscriber (KiB)", Round.IDLE_BYTES, 1 / 1024.0));
        Files.writeString(folder.resolve("fanout-audiences.svg"), byAudience());
    }

    private String peers(String title, String figure, double scale) {
        List<BarChart.Row> rows = new ArrayList<>();
        for (Contender contender : Contender.values()) {
            boolean comparable = contender.isJava() || !figure.equals(Round.IDLE_BYTES); // otherwise garbage counts
            if (comparable && medians.has(contender.label(), figure)) {
                double value = medians.of(contender.label(), figure) * scale;
                rows.add(new BarChart.Row(contender.label(), value, contender == Contender.PUSH));
            }
        }
        return new BarChart(title, rows).svg();
    }

    private String byAudience() {
        List<BarChart.Row> rows = new ArrayList<>();
        for (int audience : Round.AUDIENCES) {
            String figure = "flat." + audience + ".cpuSecondsPerMillion";
            rows.add(new BarChart.Row("N = " + audience, medians.of(Contender.PUSH.label(), figure), true));
        }
        return new BarChart("Server CPU a delivery by subscribers, full speed (µs)", rows).svg();
    }
}
