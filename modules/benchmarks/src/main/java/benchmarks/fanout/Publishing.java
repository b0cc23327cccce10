package benchmarks.fanout;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Publishes to a target: to a timetable, or as fast as nobody loses anything by. For one thread. */
final class Publishing {

    /** How long to wait for room: short against the time in which any audience empties what there is. */
    private static final long ROOM_POLL_NANOS = 50_000;

    /** How long to wait at most, when there was none again and again: looking for it costs too. */
    private static final long MAX_ROOM_POLL_NANOS = 400_000;

    private final Target target;
    private final Stamp stamp;
    private long roomPoll = ROOM_POLL_NANOS;
    private long next = Stamp.FIRST;

    Publishing(Target target, int payloadBytes) {
        this.target = target;
        this.stamp = new Stamp(payloadBytes);
    }

    /** The number of the next event. */
    long next() {
        return next;
    }

    /**
     * An open loop: each event has its time, and those that are late are sent at once and not left out.
     *
     * @param rate events a second
     */
    void paced(double rate, long count) {
        double interval = TimeUnit.SECONDS.toNanos(1) / rate;
        long start = System.nanoTime();
        long epochStart = Stamp.now();
        for (long i = 0; i < count; i++) {
            long due = (long) (i * interval);
            long early = start + due - System.nanoTime();
            if (early > 0) {
                target.flush(); // nothing is held back while there is time
            }
            while (early > 0) {
                LockSupport.parkNanos(early);
                early = start + due - System.nanoTime();
            }
            target.publish(stamp.payload(epochStart + due, next++));
        }
        target.flush();
    }

    /** As fast as it goes for so long; says how many there were. */
    long flatOut(long nanos) {
        long first = next;
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            burst(Long.MAX_VALUE);
        }
        target.flush();
        return next - first;
    }

    /** As fast as it goes, so many. */
    void flatOutCount(long count) {
        long left = count;
        while (left > 0) {
            left -= burst(left);
        }
        target.flush();
    }

    /** Publishes what there is room for, and says how many that were. */
    private long burst(long atMost) {
        long room = Math.min(atMost, target.room());
        if (room == 0) {
            target.flush();
            LockSupport.parkNanos(roomPoll);
            roomPoll = Math.min(2 * roomPoll, MAX_ROOM_POLL_NANOS);
        } else {
            roomPoll = ROOM_POLL_NANOS;
        }
        for (long i = 0; i < room; i++) {
            target.publish(stamp.payload(Stamp.now(), next++));
        }
        return room;
    }
}
