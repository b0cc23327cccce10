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
 * Decides which lines are written. At most one line per second is written for each pair of kind and peer, and no more
 * lines per second for each kind than its limit, regardless of the number of peers. Lines that are left out are
 * counted, and the next line of the same kind and peer has their number.
 *
 * <p>The memory is bounded: at most {@value #MAX_PEERS} pairs and {@value #MAX_KINDS} kinds are remembered. Beyond
 * that, all further peers of a kind count as one peer, and all further kinds as one kind. Thread-safe.
 */
final class LogRate {

    static final int MAX_PEERS = 1024;
    static final int MAX_KINDS = 256;

    private static final long SECOND = 1_000_000_000;
    private static final long SWEEP = SECOND / 4;

    private final LongSupplier nanoClock;
    private final AtomicLong dropped = new AtomicLong();
    private final Map<String, Kind> kinds = new HashMap<>();
    private final Map<Pair, Entry> entries = new LinkedHashMap<>();
    private long swept;

    /** @param nanoClock the clock, on the scale of {@link System#nanoTime} */
    LogRate(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.swept = nanoClock.getAsLong();
    }

    /** The decision about a line. */
    sealed interface Decision {}

    /**
     * The line is to be written.
     *
     * @param leftOut how many lines of the same kind and peer were left out before it
     */
    record Write(long leftOut) implements Decision {}

    /** The line is to be left out. It is already counted. */
    record LeaveOut() implements Decision {}

    /**
     * Lines that were left out and that no later line has reported.
     *
     * @param example the last of these lines
     */
    record LeftOut(String example, long count) {}

    /**
     * Decides about a line.
     *
     * @param kindPerSecond how many lines of the kind may be written per second
     * @param line the text of the line, kept as an example if the line is left out
     */
    synchronized Decision decide(String kind, String peer, int kindPerSecond, String line) {
        long now = nanoClock.getAsLong();
        Kind known = kind(kind);
        Entry entry = entry(new Pair(kind, peer), known, now);
        if (entry.isWithinSecond(now) || !known.mayWrite(now, kindPerSecond)) {
            entry.leftOut++;
            entry.example = line;
            entry.kindPerSecond = kindPerSecond;
            dropped.incrementAndGet();
            return new LeaveOut();
        }
        return new Write(entry.write(now));
    }

    /**
     * Returns the lines that were left out and whose report is due: a second has passed since the last line of their
     * kind and peer, and their kind is within its limit. Also forgets pairs and kinds without recent lines.
     */
    synchronized List<LeftOut> due() {
        long now = nanoClock.getAsLong();
        List<LeftOut> due = new ArrayList<>();
        entries.forEach((pair, entry) -> tell(kind(pair.kind()), entry, now, due));
        kinds.values().forEach(kind -> tell(kind, kind.others, now, due));
        sweep(now);
        kinds.values().removeIf(kind -> kind.isOver(now));
        return due;
    }

    private static void tell(Kind kind, Entry entry, long now, List<LeftOut> due) {
        if (entry.leftOut > 0 && !entry.isWithinSecond(now) && kind.mayWrite(now, entry.kindPerSecond)) {
            due.add(new LeftOut(entry.example, entry.write(now)));
        }
    }

    /** How many lines were left out. */
    long dropped() {
        return dropped.get();
    }

    /** How many pairs of kind and peer are remembered. */
    synchronized int pairs() {
        return entries.size();
    }

    private Kind kind(String name) {
        Kind kind = kinds.get(name);
        if (kind != null) {
            return kind;
        }
        return kinds.computeIfAbsent(kinds.size() < MAX_KINDS ? name : "", any -> new Kind());
    }

    private Entry entry(Pair pair, Kind kind, long now) {
        Entry entry = entries.get(pair);
        if (entry != null) {
            return entry;
        }
        if (entries.size() >= MAX_PEERS && now - swept >= SWEEP) {
            sweep(now);
        }
        if (entries.size() >= MAX_PEERS) {
            return kind.others;
        }
        Entry added = new Entry();
        entries.put(pair, added);
        return added;
    }

    private void sweep(long now) {
        swept = now;
        Iterator<Entry> all = entries.values().iterator();
        while (all.hasNext()) {
            if (all.next().isOver(now)) {
                all.remove();
            }
        }
    }

    private record Pair(String kind, String peer) {}

    private static final class Entry {

        private boolean hasWritten;
        private long written;
        private long leftOut;
        private int kindPerSecond;
        private String example = "";

        boolean isWithinSecond(long now) {
            return hasWritten && now - written < SECOND;
        }

        boolean isOver(long now) {
            return leftOut == 0 && !isWithinSecond(now);
        }

        long write(long now) {
            hasWritten = true;
            written = now;
            long count = leftOut;
            leftOut = 0;
            example = "";
            return count;
        }
    }

    private static final class Kind {

        /** All peers without their own entry. */
        private final Entry others = new Entry();

        private long second;
        private int count;

        boolean mayWrite(long now, int perSecond) {
            if (count == 0 || now - second >= SECOND) {
                second = now;
                count = 0;
            }
            if (count >= perSecond) {
                return false;
            }
            count++;
            return true;
        }

        boolean isOver(long now) {
            return others.isOver(now) && now - second >= SECOND;
        }
    }
}
