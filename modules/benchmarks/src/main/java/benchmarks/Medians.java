package benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The figures of several rounds, and the median of each figure: a disturbed round does not affect it. */
public final class Medians {

    private final Map<Cell, List<Double>> rounds = new HashMap<>();

    /** Adds the figure of one more round. */
    public void add(String row, String column, double value) {
        rounds.merge(
                new Cell(row, column),
                List.of(value),
                (all, one) -> Stream.concat(all.stream(), one.stream()).toList());
    }

    /**
     * Returns the median of the rounds. For an even number of rounds it is the lower of the two middle values, so that
     * the result is a measured figure.
     *
     * @throws IllegalArgumentException if there is no such figure
     */
    public double of(String row, String column) {
        List<Double> values = rounds.get(new Cell(row, column));
        if (values == null) {
            throw new IllegalArgumentException("no figure for " + column + " of " + row);
        }
        return values.stream().sorted().toList().get((values.size() - 1) / 2);
    }

    /** Returns the values of all rounds, by row and then by column. */
    public SortedMap<String, SortedMap<String, List<Double>>> all() {
        SortedMap<String, SortedMap<String, List<Double>>> all = new TreeMap<>();
        rounds.forEach((cell, values) ->
                all.computeIfAbsent(cell.row(), row -> new TreeMap<>()).put(cell.column(), values));
        return all;
    }

    /** Returns true if there is such a figure. */
    public boolean has(String row, String column) {
        return rounds.containsKey(new Cell(row, column));
    }

    private record Cell(String row, String column) {}
}
