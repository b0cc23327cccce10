package benchmarks.http;

import benchmarks.BarChart;
import benchmarks.Medians;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures as a table, followed by the counts that must be 0. */
final class HttpReport {

    private static final List<String> MUST_BE_NONE = List.of("refused", "lost", "surplus");

    private final Medians medians;

    HttpReport(Medians medians) {
        this.medians = medians;
    }

    String text() {
        StringBuilder text = new StringBuilder("%-12s %-16s %8s %12s %10s %10s %10s %10s%n"
                .formatted("database", "call", "callers", "requests/s", "p50 ms", "p99 ms", "CPU us", "client us"));
        for (Store store : Store.values()) {
            for (Operation operation : Operation.values()) {
                Trial.CALLERS.forEach(callers -> text.append(line(store, operation, callers)));
            }
        }
        text.append('\n');
        for (Store store : Store.values()) {
            text.append(account(store));
        }
        return text.toString();
    }

    private String line(Store store, Operation operation, int callers) {
        return String.format(
                Locale.ROOT,
                "%-12s %-16s %8d %,12.0f %10.2f %10.2f %10.0f %10.0f%n",
                store.label(),
                operation.label(),
                callers,
                figure(store, operation, callers, "perSecond"),
                figure(store, operation, callers, "p50Micros") / 1e3,
                figure(store, operation, callers, "p99Micros") / 1e3,
                figure(store, operation, callers, "cpuMicros"),
                figure(store, operation, callers, "clientCpuMicros"));
    }

    private double figure(Store store, Operation operation, int callers, String name) {
        return medians.of(store.label(), Trial.figure(operation, callers, name));
    }

    private String account(Store store) {
        StringBuilder text = new StringBuilder("%-12s".formatted(store.label()));
        for (String name : MUST_BE_NONE) {
            text.append(String.format(Locale.ROOT, " %s %.0f,", name, sum(store, name)));
        }
        return text.append(String.format(
                        Locale.ROOT,
                        " wrong rows %.0f of %,.0f revocations%n",
                        medians.of(store.label(), "wrong rows"),
                        medians.of(store.label(), "revocations")))
                .toString();
    }

    private double sum(Store store, String name) {
        double sum = 0;
        for (Operation operation : Operation.values()) {
            for (int callers : Trial.CALLERS) {
                sum += figure(store, operation, callers, name);
            }
        }
        return sum;
    }

    /** Returns a chart of the requests per second with the most callers, as SVG. */
    String chart() {
        int callers = Trial.CALLERS.getLast();
        List<BarChart.Row> rows = new ArrayList<>();
        for (Operation operation : List.of(Operation.NOTIFY, Operation.NOTIFY_ONCE, Operation.OPEN, Operation.REVOKE)) {
            for (Store store : Store.values()) {
                String label = operation.label() + ", " + store.shortLabel();
                rows.add(new BarChart.Row(label, figure(store, operation, callers, "perSecond"), store == Store.H2));
            }
        }
        return new BarChart("Requests a second, " + callers + " callers, on H2 and PostgreSQL", rows).svg();
    }
}
