package benchmarks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The same figures from several rounds, and the median of each: a round that was disturbed does not count. */
public final class Medians {

    private final Map<Cell, List<Double>> rounds = new HashMap<>();

    /** One more round's figure. */
    public void add(String row, String column, double value) {
        rounds.merge(
                new Cell(row, column),
                List.of(value),
                (all, one) -> Stream.concat(all.stream(), one.stream()).toList());
    }

    /**
     * The median of the rounds; of an even number of them, the lower of the two in the middle: a figure that was
     * measured.
     *
     * @throws IllegalArgumentException when there is none
     */
    public double of(String row, String column) {
        List<Double> values = rounds.get(new Cell(row, column));
        if (values == null) {
            throw new IllegalArgumentException("no figure for " + column + " of " + row);
        }
        return values.stream().sorted().toList().get((values.size() - 1) / 2);
    }

    /** Every round's value of each figure, by row and then by column. */
    public SortedMap<String, SortedMap<String, List<Double>>> all() {
        SortedMap<String, SortedMap<String, List<Double>>> all = new TreeMap<>();
        rounds.forEach((cell, values) ->
                all.computeIfAbsent(cell.row(), row -> new TreeMap<>()).put(cell.column(), values));
        return all;
    }

    /** Whether there is any such figure. */
    public boolean has(String row, String column) {
        return rounds.containsKey(new Cell(row, column));
    }

    private record Cell(String row, String column) {}
}
