package app.logging;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Limits how many similar lines are written. At most one line per second is written for each pair of category and peer,
 * and no more lines per second for each category than its limit, regardless of the number of peers. Other lines are
 * suppressed and counted, and the next line of the same category and peer has their number.
 *
 * <p>The memory is bounded: at most {@value #MAX_PEERS} pairs and {@value #MAX_CATEGORIES} categories are remembered.
 * Beyond that, all further peers of a category count as one peer, and all further categories as one category.
 * Thread-safe.
 */
final class LogRateLimiter {

    static final int MAX_PEERS = 1024;
    static final int MAX_CATEGORIES = 256;

    private static final long SECOND = 1_000_000_000;
    private static final long SWEEP_INTERVAL = SECOND / 4;

    private final LongSupplier nanoClock;
    private final AtomicLong suppressed = new AtomicLong();
    private final Map<String, Category> categories = new HashMap<>();
    private final Map<Pair, Series> seriesByPair = new LinkedHashMap<>();
    private long sweptAt;

    /** @param nanoClock the clock, on the scale of {@link System#nanoTime} */
    LogRateLimiter(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.sweptAt = nanoClock.getAsLong();
    }

    /** The decision about a line. */
    sealed interface Decision {}

    /**
     * The line is to be written.
     *
     * @param suppressed how many lines of the same category and peer were suppressed before it
     */
    record Write(long suppressed) implements Decision {}

    /** The line is to be suppressed. It is already counted. */
    record Suppress() implements Decision {}

    /**
     * Suppressed lines that no later line has reported.
     *
     * @param example the last of these lines
     */
    record SuppressedLines(String example, long count) {}

    /**
     * Decides about a line.
     *
     * @param categoryLimit how many lines of the category may be written per second
     * @param line the text of the line, kept as an example if the line is suppressed
     */
    synchronized Decision decide(String categoryName, String peer, int categoryLimit, String line) {
        long now = nanoClock.getAsLong();
        Category category = category(categoryName);
        Series series = series(new Pair(categoryName, peer), category, now);
        if (series.hasWrittenWithinSecond(now) || !category.mayWrite(now, categoryLimit)) {
            series.suppressed++;
            series.example = line;
            series.categoryLimit = categoryLimit;
            suppressed.incrementAndGet();
            return new Suppress();
        }
        return new Write(series.write(now));
    }

    /**
     * Returns the suppressed lines whose report is due: a second has passed since the last line of their category and
     * peer, and their category is within its limit. Also forgets pairs and categories without recent lines.
     */
    synchronized List<SuppressedLines> dueReports() {
        long now = nanoClock.getAsLong();
        List<SuppressedLines> due = new ArrayList<>();
        seriesByPair.forEach((pair, series) -> addIfDue(category(pair.category()), series, now, due));
        categories.values().forEach(category -> addIfDue(category, category.otherPeers, now, due));
        sweep(now);
        categories.values().removeIf(category -> category.isOver(now));
        return due;
    }

    private static void addIfDue(Category category, Series series, long now, List<SuppressedLines> due) {
        if (series.suppressed > 0
                && !series.hasWrittenWithinSecond(now)
                && category.mayWrite(now, series.categoryLimit)) {
            due.add(new SuppressedLines(series.example, series.write(now)));
        }
    }

    /** How many lines were suppressed. */
    long suppressed() {
        return suppressed.get();
    }

    /** How many pairs of category and peer are remembered. */
    synchronized int pairs() {
        return seriesByPair.size();
    }

    private Category category(String name) {
        Category category = categories.get(name);
        if (category != null) {
            return category;
        }
        return categories.computeIfAbsent(categories.size() < MAX_CATEGORIES ? name : "", any -> new Category());
    }

    private Series series(Pair pair, Category category, long now) {
        Series series = seriesByPair.get(pair);
        if (series != null) {
            return series;
        }
        if (seriesByPair.size() >= MAX_PEERS && now - sweptAt >= SWEEP_INTERVAL) {
            sweep(now);
        }
        if (seriesByPair.size() >= MAX_PEERS) {
            return category.otherPeers;
        }
        Series added = new Series();
        seriesByPair.put(pair, added);
        return added;
    }

    private void sweep(long now) {
        sweptAt = now;
        Iterator<Series> all = seriesByPair.values().iterator();
        while (all.hasNext()) {
            if (all.next().isOver(now)) {
                all.remove();
            }
        }
    }

    private record Pair(String category, String peer) {}

    /** The lines of one category and peer. */
    private static final class Series {

        private boolean hasWritten;
        private long writtenAt;
        private long suppressed;
        private int categoryLimit;
        private String example = "";

        boolean hasWrittenWithinSecond(long now) {
            return hasWritten && now - writtenAt < SECOND;
        }

        boolean isOver(long now) {
            return suppressed == 0 && !hasWrittenWithinSecond(now);
        }

        /** Notes that a line is written, and returns how many were suppressed before it. */
        long write(long now) {
            hasWritten = true;
            writtenAt = now;
            long count = suppressed;
            suppressed = 0;
            example = "";
            return count;
        }
    }

    /** The lines that a category has written within a second. */
    private static final class Category {

        /** All peers without their own series. */
        private final Series otherPeers = new Series();

        private long secondBegan;
        private int written;

        boolean mayWrite(long now, int limit) {
            if (written == 0 || now - secondBegan >= SECOND) {
                secondBegan = now;
                written = 0;
            }
            if (written >= limit) {
                return false;
            }
            written++;
            return true;
        }

        boolean isOver(long now) {
            return otherPeers.isOver(now) && now - secondBegan >= SECOND;
        }
    }
}
