package benchmarks.fanout;

import benchmarks.Medians;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The medians as a table, followed by the goals. */
final class FanoutReport {

    private final Medians medians;
    private final List<Contender> contenders;

    FanoutReport(Medians medians) {
        this.medians = medians;
        var measured = medians.all().keySet();
        this.contenders = Arrays.stream(Contender.values())
                .filter(contender -> measured.contains(contender.label()))
                .toList();
    }

    String text() {
        SortedSet<String> figures = new TreeSet<>();
        medians.all().values().forEach(row -> figures.addAll(row.keySet()));
        String table = figures.stream().map(this::line).collect(Collectors.joining());
        String bars = Bar.of(medians).stream().map(bar -> bar.text() + '\n').collect(Collectors.joining());
        return head() + table + '\n' + bars;
    }

    private String head() {
        return "%-36s".formatted("median")
                + contenders.stream()
                        .map(each -> "%17s".formatted(each.label()))
                        .collect(Collectors.joining())
                + '\n';
    }

    private String line(String figure) {
        return "%-36s".formatted(figure)
                + contenders.stream().map(each -> cell(each, figure)).collect(Collectors.joining())
                + '\n';
    }

    private String cell(Contender contender, String figure) {
        if (!medians.has(contender.label(), figure)) {
            return "%17s".formatted("-");
        }
        double value = medians.of(contender.label(), figure);
        return String.format(Locale.ROOT, value >= 100 ? "%,17.0f" : "%17.3f", value);
    }
}
