package push.postgres;

import java.util.UUID;
import push.postgres.LogRows.Event;
import push.postgres.LogRows.Head;
import push.postgres.LogRows.News;
import push.postgres.LogRows.Start;

/**
 * The last event that a hub has read. By it, the hub notices that the log went backwards: the log ends before that
 * event, or has another event in its place.
 *
 * @param stamp identifies the batch of the event, or of the log's end where the event was not read
 * @param isRead true if the event itself was read, so that its stamp is known
 * @param totalBytes the size of all events up to this one
 */
record LogPosition(String epoch, long seq, UUID stamp, boolean isRead, long totalBytes) {

    /** The position of a hub that has read nothing yet. */
    static LogPosition before(Start start) {
        boolean atEnd = start.base() == start.head().seq();
        return new LogPosition(start.head().epoch(), start.base(), start.head().stamp(), atEnd, start.totalBefore());
    }

    /** The position after an event. */
    LogPosition after(Event event) {
        return new LogPosition(epoch, event.seq(), event.stamp(), true, event.totalBytes());
    }

    /** The position at the end of the log, where the events before it are gone. */
    LogPosition atEnd(Head head) {
        return new LogPosition(epoch, head.seq(), head.stamp(), true, head.totalBytes());
    }

    /** Returns true if the log no longer has what this hub has read of it, or was copied from another database. */
    boolean isContradictedBy(News news) {
        Head head = news.head();
        if (!head.isOriginal() || head.seq() < seq) {
            return true;
        }
        if (!isRead) {
            return false;
        }
        UUID there = head.seq() == seq ? head.stamp() : news.lastStamp();
        return there != null && !there.equals(stamp);
    }
}
