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
 * The file of an open H2 database. This class checks that the file is the one that was there before, and syncs commits
 * to the disk. The table {@code file_mark} has the same position as the {@link Mark} next to the file, or a later one.
 *
 * <p>{@link #run} is for one thread at a time.
 */
final class KeptFile implements GroupSync.Sync, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(KeptFile.class.getName());

    private final Path file;
    private final Connection connection;
    private final @Nullable Object identity;
    private final boolean isNew;
    private volatile Position position;

    /** Created after the first sync: a mark without a database would look like the loss of a database. */
    private @Nullable Mark mark;

    private KeptFile(Path file, Connection connection, Position position, boolean isNew) throws IOException {
        this.file = file;
        this.connection = connection;
        this.position = position;
        this.isNew = isNew;
        this.identity = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static Path markOf(Path file) {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.mv\\.db$", "");
        return file.resolveSibling(name + ".mark");
    }

    /**
     * Creates the file if it does not exist; only its owner can read it. Call this before H2 opens the file.
     *
     * @param isKnown whether this process had the file open before
     * @throws LostException when the file existed before and is gone
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
     * @param connection a connection for this object alone; closed with this object, and also when opening fails
     * @param before the last position that this process knows of; null if it has not opened the database before
     * @throws LostException when kept data is gone
     * @throws SQLException when the database cannot be read or written
     */
    static KeptFile open(Path file, Connection connection, @Nullable Position before) throws SQLException, IOException {
        KeptFile kept = null;
        try {
            kept = opened(file, connection, before);
            return kept;
        } finally {
            if (kept == null) {
                connection.close(); // otherwise H2 would hold the file that is to be replaced
            }
        }
    }

    private static KeptFile opened(Path file, Connection connection, @Nullable Position before)
            throws SQLException, IOException {
        Path beside = markOf(file);
        FullRead.of(connection); // first: it tells damage from other failures
        boolean isNew = FullRead.tables(connection).isEmpty();
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
        KeptFile kept = new KeptFile(file, connection, start, isNew);
        kept.run(); // fails here if the database cannot be written to
        return kept;
    }

    /** Checks a database for which there is no readable mark to compare it with. */
    private static void tellUnmarked(Path file, Path mark, Optional<Position> there) {
        boolean isThere = Files.exists(mark);
        if (isThere && there.isEmpty()) {
            throw lost("lacks everything that was kept in it, and its mark cannot be read", file);
        }
        if (there.isPresent() && there.get().number() > 1) { // otherwise its first start was cut short
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

    /** What the operator must do when kept data is lost. */
    static String remedy(Path file) {
        return "keep the hub stopped, and restore the latest backup of " + file + " and " + markOf(file)
                + ", both, or move what is left of them away to begin without sessions and revocations";
    }

    /**
     * Data that was kept in the file is gone. The message is for the operator, and continues a sentence that begins
     * with the database's name.
     */
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
        if (!isInPlace()) { // H2 would continue to write to a file that is lost
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

    /** The file, if there was no database in it before; empty otherwise. */
    Optional<Path> ifNew() {
        return isNew ? Optional.of(file.toAbsolutePath().normalize()) : Optional.empty();
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
