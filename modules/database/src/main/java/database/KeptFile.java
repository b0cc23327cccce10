package database;

import static java.lang.System.Logger.Level.WARNING;

import database.Mark.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The file of an H2 database that is open: whether it is the one that was there before, and how what is committed gets to
 * the disk. The table {@code file_mark} has the same position as the {@link Mark} beside the file, or a later one.
 *
 * <p>{@link #run} is for one thread at a time.
 */
final class KeptFile implements GroupSync.Sync, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(KeptFile.class.getName());

    private final Path file;
    private final Connection connection;
    private final @Nullable Object identity;
    private volatile Position position;

    /** Made after the first sync: a mark without a database would be taken for the loss of one. */
    private @Nullable Mark mark;

    private KeptFile(Path file, Connection connection, Position position) throws IOException {
        this.file = file;
        this.connection = connection;
        this.position = position;
        this.identity = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static Path markOf(Path file) {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.mv\\.db$", "");
        return file.resolveSibling(name + ".mark");
    }

    /**
     * Makes the file if there is none; only its owner can read it. To be called before H2 opens it.
     *
     * @param isKnown whether this process has had it open before
     * @throws LostException when it was there, and is there no more
     */
    static void prepare(Path file, boolean isKnown) throws IOException {
        if (!Files.exists(file) && (isKnown || Mark.read(markOf(file)).isPresent())) {
            throw lost("is gone", file);
        }
        PrivateFiles.create(file);
    }

    /**
     * Takes over a database that has just been opened.
     *
     * @param connection of its own; it is closed with this, and also if this cannot be opened
     * @param before where this process has seen it before; null if it has not
     * @throws LostException when what was kept there is gone
     * @throws SQLException if it cannot be read or written
     */
    static KeptFile open(Path file, Connection connection, @Nullable Position before) throws SQLException, IOException {
        KeptFile kept = null;
        try {
            kept = opened(file, connection, before);
            return kept;
        } finally {
            if (kept == null) {
                connection.close(); // else H2 would hold the file that is to be replaced
            }
        }
    }

    private static KeptFile opened(Path file, Connection connection, @Nullable Position before)
            throws SQLException, IOException {
        Path beside = markOf(file);
        FullRead.of(connection);
        Optional<Position> there = position(connection);
        Optional<Position> marked = Mark.read(beside);
        marked.ifPresent(expected -> check(file, expected, there));
        if (marked.isEmpty() && before == null) {
            tellUnmarked(file, beside, there);
        }
        if (before != null) {
            check(file, before, there);
        }
        connection.setAutoCommit(true);
        Position start = there.isPresent() ? there.get() : create(connection);
        KeptFile kept = new KeptFile(file, connection, start);
        kept.run(); // that it can be written to shows here
        return kept;
    }

    /** Nothing says what should be there. */
    private static void tellUnmarked(Path file, Path mark, Optional<Position> there) {
        boolean isThere = Files.exists(mark);
        if (isThere && there.isEmpty()) {
            throw lost("lacks everything that was kept in it, and its mark cannot be read", file);
        }
        if (there.isPresent() && there.get().number() > 1) { // else its first start was cut short
            LOG.log(
                    WARNING,
                    mark + (isThere ? " cannot be read" : " is not there") + "; the database is taken as it is");
        }
    }

    private static void check(Path file, Position expected, Optional<Position> there) {
        String lacks;
        if (there.isEmpty()) {
            throw lost("lacks everything that was kept in it", file);
        } else if (!there.get().database().equals(expected.database())) {
            lacks = "is another database than the one that was there";
        } else if (there.get().number() < expected.number()) {
            lacks = "lacks the last of what was kept in it (it is at "
                    + there.get().number() + ", and was at " + expected.number() + ")";
        } else {
            return;
        }
        throw new LostException(lacks + "; " + remedy(file)
                + "; after you have restored an older backup without its mark," + " remove " + markOf(file));
    }

    private static LostException lost(String how, Path file) {
        return new LostException(how + "; " + remedy(file));
    }

    /** What to do when what was kept in the file is lost. */
    static String remedy(Path file) {
        return "stop the hub, then restore the latest backup of " + file + " and " + markOf(file)
                + ", both, or move what is left of them away to begin without sessions and revocations";
    }

    /** What was kept in the file is gone. The message is for the operator, and goes on from the database's name. */
    static final class LostException extends RuntimeException {

        private static final long serialVersionUID = 1;

        LostException(String message) {
            super(message);
        }
    }

    private static Optional<Position> position(Connection connection) throws SQLException {
        if (!FullRead.tables(connection).contains("file_mark")) {
            return Optional.empty();
        }
        try (Statement select = connection.createStatement();
                ResultSet rows = select.executeQuery("select database_id, number from file_mark")) {
            return rows.next()
                    ? Optional.of(new Position(rows.getObject(1, UUID.class), rows.getLong(2)))
                    : Optional.empty();
        }
    }

    private static Position create(Connection connection) throws SQLException {
        Position position = new Position(UUID.randomUUID(), 0);
        try (Statement create = connection.createStatement()) {
            create.execute("create table if not exists file_mark (database_id uuid not null, number bigint not null)");
        }
        try (PreparedStatement insert =
                connection.prepareStatement("insert into file_mark (database_id, number) values (?, ?)")) {
            insert.setObject(1, position.database());
            insert.setLong(2, position.number());
            insert.executeUpdate();
        }
        return position;
    }

    @Override
    public void run() throws SQLException {
        if (!isInPlace()) { // H2 would write on into a file that nobody finds again
            throw new SQLException(file + " was removed or replaced while it was open", "58030");
        }
        Position next = new Position(position.database(), position.number() + 1);
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("update file_mark set number = " + next.number());
            statement.execute("checkpoint sync");
        }
        position = next;
        try {
            Mark moved = mark;
            if (moved == null) {
                moved = new Mark(markOf(file));
                mark = moved;
            }
            moved.move(next);
        } catch (IOException e) {
            throw new SQLException("the mark beside " + file + " could not be written", "58030", e);
        }
    }

    Position position() {
        return position;
    }

    private boolean isInPlace() {
        try {
            Object now = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return identity == null || identity.equals(now);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws SQLException {
        try (Mark _ = mark) {
            connection.close();
        } catch (IOException e) {
            throw new SQLException("the mark beside " + file + " could not be closed", e);
        }
    }
}
