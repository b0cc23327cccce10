package benchmarks.fanout;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Publishes to a target: on a fixed schedule, or as fast as possible without a loss. Not thread-safe. */
final class Publishing {

    /** The first wait for room: short compared with the time in which any audience takes what was published. */
    private static final long ROOM_POLL_NANOS = 50_000;

    /** The longest wait for room, after several checks without success, because each check costs time, too. */
    private static final long MAX_ROOM_POLL_NANOS = 400_000;

    private final Target target;
    private final Stamp stamp;
    private long roomPoll = ROOM_POLL_NANOS;
    private long next = Stamp.FIRST;

    Publishing(Target target, int payloadBytes) {
        this.target = target;
        this.stamp = new Stamp(payloadBytes);
    }

    /** Returns the number of the next event. */
    long next() {
        return next;
    }

    /**
     * Publishes on a fixed schedule (an open loop): each event has its time, and late events are sent at once rather
     * than left out.
     *
     * @param rate the number of events per second
     */
    void paced(double rate, long count) {
        double interval = TimeUnit.SECONDS.toNanos(1) / rate;
        long start = System.nanoTime();
        long epochStart = Stamp.now();
        for (long i = 0; i < count; i++) {
            long due = (long) (i * interval);
            long early = start + due - System.nanoTime();
            if (early > 0) {
                target.flush(); // nothing is held back during a wait
            }
            while (early > 0) {
                LockSupport.parkNanos(early);
                early = start + due - System.nanoTime();
            }
            target.publish(stamp.payload(epochStart + due, next++));
        }
        target.flush();
    }

    /** Publishes at full speed for {@code nanos}, and returns the number of events. */
    long flatOut(long nanos) {
        long first = next;
        long start = System.nanoTime();
        while (System.nanoTime() - start < nanos) {
            burst(Long.MAX_VALUE);
        }
        target.flush();
        return next - first;
    }

    /** Publishes {@code count} events at full speed. */
    void flatOutCount(long count) {
        long left = count;
        while (left > 0) {
            left -= burst(left);
        }
        target.flush();
    }

    /** Publishes as many events as there is room for, and returns their number. */
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
