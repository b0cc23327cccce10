package benchmarks;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The report of {@code bin/bench append}: first the ratios to a hub without an audience, then the figures, then the
 * bars.
 */
final class AppendReport {

    /** The highest allowed ratio of the median with an audience to the median without one. */
    private static final double RATIO_BAR = 2;

    /** The highest allowed 99th percentile of an append. */
    private static final double P99_BAR_NANOS = 10_000;

    private final Results results;

    AppendReport(Results results) {
        this.results = results;
    }

    /** Returns the whole report. */
    String text() {
        return paced() + '\n' + flatOut() + '\n' + delivery();
    }

    private String paced() {
        StringBuilder text =
                new StringBuilder(head("paced", "a second", "late µs", "B/append", "B/deliv.", "delivered"));
        for (Audience audience : Audience.values()) {
            text.append(row(Paced.class, audience))
                    .append(cells(
                            "%,11.0f",
                            results.of(Paced.class, audience, "appendsPerSecond"),
                            results.of(Paced.class, audience, "delayP99Micros"),
                            results.of(Paced.class, audience, "bytesPerAppend"),
                            results.of(Paced.class, audience, "bytesPerDelivery"),
                            results.of(Paced.class, audience, "deliveriesPerAppend")))
                    .append('\n');
        }
        return text.append(bars(Paced.class)).toString();
    }

    private String flatOut() {
        StringBuilder text = new StringBuilder(head("flat out", "mean ns", "B/append"));
        for (Audience audience : Audience.values()) {
            text.append(row(FlatOut.class, audience))
                    .append(cells(
                            "%,11.0f",
                            results.of(FlatOut.class, audience, Results.MEAN),
                            results.of(FlatOut.class, audience, Results.BYTES)))
                    .append('\n');
        }
        return text.append(bars(FlatOut.class)).toString();
    }

    private String delivery() {
        return String.format(
                Locale.ROOT,
                "a delivery without waiting, in batches of %d: %.1f bytes%n",
                BenchHub.BATCH,
                results.ofDelivery(Results.BYTES));
    }

    private static String head(String name, String... more) {
        return "%-14s%10s%11s%11s%11s".formatted(name, "p50 ratio", "p50 ns", "p99 ns", "p99.9 ns")
                + Arrays.stream(more).map("%11s"::formatted).collect(Collectors.joining())
                + '\n';
    }

    private String row(Class<?> benchmark, Audience audience) {
        return "%-14s".formatted(label(audience))
                + cells("%10.2f", ratio(benchmark, audience))
                + cells(
                        "%,11.0f",
                        results.of(benchmark, audience, Results.P50),
                        results.of(benchmark, audience, Results.P99),
                        results.of(benchmark, audience, Results.P999));
    }

    private static String cells(String format, double... values) {
        return Arrays.stream(values)
                .mapToObj(value -> String.format(Locale.ROOT, format, value))
                .collect(Collectors.joining());
    }

    private double ratio(Class<?> benchmark, Audience audience) {
        return results.of(benchmark, audience, Results.P50) / results.of(benchmark, Audience.NONE, Results.P50);
    }

    /** Returns the names of the audiences that exceed a bar. */
    private String bars(Class<?> benchmark) {
        return over("median over %.0f times that of none".formatted(RATIO_BAR), a -> ratio(benchmark, a) > RATIO_BAR)
                + over(
                        "p99 over %,.0f ns".formatted(P99_BAR_NANOS),
                        a -> results.of(benchmark, a, Results.P99) > P99_BAR_NANOS);
    }

    private static String over(String bar, Predicate<Audience> over) {
        String those = Arrays.stream(Audience.values())
                .filter(over)
                .map(AppendReport::label)
                .collect(Collectors.joining(", "));
        return bar + ": " + (those.isEmpty() ? "no audience" : those) + '\n';
    }

    private static String label(Audience audience) {
        return audience.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
