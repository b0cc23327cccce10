package push.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import push.engine.spi.LogEvent;

/** The SQL that reads the log. */
final class LogRows {

    /** The maximum number of events in one read. */
    static final int MAX_EVENTS = 1_000;

    private static final long MAX_BYTES = 4 << 20;

    private static final String AGE =
            "greatest(0, extract(epoch from clock_timestamp() - %s) * 1000000)::bigint as age_micros";

    private static final String HEAD = "h.epoch, h.base, h.seq as head, h.stamp as head_stamp, h.total_bytes as total,"
            + " h.xmin = h.writer as original, h.republished";

    /** One statement, so that the head and the events are of one moment. */
    private static final String NEWS = "select " + HEAD + ", l.stamp as last_stamp, e.seq, e.published_at, e.stamp,"
            + " e.total_bytes, e.body, " + AGE.formatted("e.published_at")
            + " from push_log h left join push_event l on l.seq = ?"
            + " left join lateral (select * from push_event n where n.seq > ? and (n.total_bytes <= ?"
            + " or n.seq = (select min(f.seq) from push_event f where f.seq > ?)) order by n.seq limit " + MAX_EVENTS
            + ") e on true order by e.seq";

    private LogRows() {}

    /**
     * The head of the log.
     *
     * @param base the sequence after which this life began
     * @param seq the last sequence
     * @param stamp identifies the batch of the last event
     * @param totalBytes the size of all events up to the last
     * @param isOriginal false if the row was copied, as by the restore of a dump
     * @param isRepublished false if invalidations must be published again
     */
    record Head(
            String epoch,
            long base,
            long seq,
            UUID stamp,
            long totalBytes,
            boolean isOriginal,
            boolean isRepublished) {}

    /**
     * An event.
     *
     * @param stamp identifies its batch
     * @param totalBytes the size of all events up to this one
     * @param content the event itself; null if it is damaged
     */
    record Event(
            long seq,
            Instant publishedAt,
            Duration age,
            UUID stamp,
            long totalBytes,
            @Nullable LogEvent content) {}

    /** Decodes an event. */
    @FunctionalInterface
    interface Decoder {

        /** Returns the event; null if the bytes are damaged. */
        @Nullable
        LogEvent decode(byte[] body);
    }

    /**
     * What one read has found.
     *
     * @param lastStamp the batch of the event that was read last; null if that event is gone
     * @param events the next events
     */
    record News(Head head, @Nullable UUID lastStamp, List<Event> events) {}

    /** Reads the events after a sequence, as many as fit into one read, and the head. */
    static News after(Connection connection, long seq, long totalBytes, Decoder decoder) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(NEWS)) {
            select.setLong(1, seq);
            select.setLong(2, seq);
            select.setLong(3, totalBytes + MAX_BYTES);
            select.setLong(4, seq);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("the table push_log is empty");
                }
                Head head = head(row);
                UUID lastStamp = row.getObject("last_stamp", UUID.class);
                List<Event> events = new ArrayList<>();
                do {
                    if (row.getObject("seq") != null) {
                        events.add(new Event(
                                row.getLong("seq"),
                                time(row),
                                age(row),
                                row.getObject("stamp", UUID.class),
                                row.getLong("total_bytes"),
                                decoder.decode(row.getBytes("body"))));
                    }
                } while (row.next());
                return new News(head, lastStamp, events);
            }
        }
    }

    private static Head head(ResultSet row) throws SQLException {
        return new Head(
                row.getString("epoch"),
                row.getLong("base"),
                row.getLong("head"),
                row.getObject("head_stamp", UUID.class),
                row.getLong("total"),
                row.getBoolean("original"),
                row.getBoolean("republished"));
    }

    private static Instant time(ResultSet row) throws SQLException {
        return row.getObject("published_at", OffsetDateTime.class).toInstant();
    }

    private static Duration age(ResultSet row) throws SQLException {
        return Duration.ofNanos(row.getLong("age_micros") * 1_000);
    }

    /**
     * Where the retained events begin.
     *
     * @param oldest the first event that can be replayed; empty if there is none
     * @param totalBefore the size of all events before it; 0 if there is none
     * @param lostThrough the last invalidation that expired
     */
    record Start(Head head, Optional<Long> oldest, long totalBefore, long lostThrough) {

        /** Returns the sequence after which the retained events follow. */
        long base() {
            return oldest.map(seq -> seq - 1).orElse(head.seq());
        }
    }

    /** Reads where the log begins. */
    static Start start(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select " + HEAD
                        + ", e.seq as oldest, e.total_bytes - octet_length(e.body) as total_before, r.lost_through"
                        + " from push_log h cross join push_retention r"
                        + " left join push_event e on e.seq = (select min(seq) from push_event)");
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("the table push_log or push_retention is empty");
            }
            boolean empty = row.getObject("oldest") == null;
            Head head = head(row);
            return new Start(
                    head,
                    empty ? Optional.empty() : Optional.of(row.getLong("oldest")),
                    empty ? head.totalBytes() : row.getLong("total_before"),
                    row.getLong("lost_through"));
        }
    }

    /** Receives an invalidation from before the retained events. */
    @FunctionalInterface
    interface Kept {
        void accept(long seq, Instant publishedAt, Duration age, @Nullable LogEvent content);
    }

    /** Reads the retained invalidations up to a sequence, in their order. */
    static void invalidations(Connection connection, long through, Decoder decoder, Kept into) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select seq, published_at, body, "
                + AGE.formatted("published_at") + " from push_invalidation where seq <= ? order by seq")) {
            select.setFetchSize(MAX_EVENTS); // in a transaction, the driver then reads piece by piece
            select.setLong(1, through);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    into.accept(row.getLong("seq"), time(row), age(row), decoder.decode(row.getBytes("body")));
                }
            }
        }
    }

    /** Begins a new life of the log, unless that was done already. */
    static void beginLife(Connection connection, String former) throws SQLException {
        try (PreparedStatement begin = connection.prepareStatement("select push_begin_life(?, ?)")) {
            begin.setString(1, former);
            begin.setString(2, UUID.randomUUID().toString().replace("-", ""));
            begin.execute();
        }
    }
}
