package benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars, each with a name and a value, as an SVG that is readable on a light and on a dark page.
 *
 * @param rows the bars, from top to bottom
 */
public record BarChart(String title, List<Row> rows) {

    private static final int WIDTH = 640;
    private static final int LABEL = 150;
    private static final int VALUE = 70;
    private static final int ROW = 26;
    private static final int TOP = 40;

    /**
     * A bar.
     *
     * @param value the value; a value below zero, which the difference of two measurements may be, is drawn as zero
     * @param ours true to highlight the bar
     */
    public record Row(String label, double value, boolean ours) {}

    /** Returns the chart as SVG. */
    public String svg() {
        double largest = rows.stream().mapToDouble(Row::value).max().orElse(1);
        int height = TOP + rows.size() * ROW + 10;
        StringBuilder svg =
                new StringBuilder(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img">
                <title>%s</title>
                <style>text{font:13px sans-serif;fill:#333}.t{font-weight:bold}.o{fill:#0b6e4f}.p{fill:#9aa5b1}\
                @media(prefers-color-scheme:dark){text{fill:#ddd}.o{fill:#3fb58a}.p{fill:#66717d}}</style>
                <text class="t" x="8" y="22">%s</text>
                """, WIDTH, height, WIDTH, height, title, title));
        for (int i = 0; i < rows.size(); i++) {
            svg.append(bar(rows.get(i), TOP + i * ROW, largest));
        }
        return svg.append("</svg>\n").toString();
    }

    private static String bar(Row row, int y, double largest) {
        double length = largest == 0 ? 0 : Math.max(0, row.value / largest) * (WIDTH - LABEL - VALUE);
        return String.format(
                Locale.ROOT,
                """
                <text x="%d" y="%d" text-anchor="end">%s</text>
                <rect class="%s" x="%d" y="%d" width="%.1f" height="%d" rx="2"/>
                <text x="%.1f" y="%d">%s</text>
                """,
                LABEL - 8,
                y + 16,
                row.label,
                row.ours ? "o" : "p",
                LABEL,
                y + 3,
                length,
                ROW - 8,
                LABEL + length + 6,
                y + 16,
                number(row.value));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%,.0f" : value >= 10 ? "%.1f" : "%.2f", value);
    }
}
