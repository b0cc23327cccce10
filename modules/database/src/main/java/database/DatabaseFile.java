package database;

import static java.lang.System.Logger.Level.WARNING;

import database.PositionFile.Position;
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
 * to the disk. The table {@code file_mark} has the same position as the {@link PositionFile} next to the file, or a
 * later one.
 *
 * <p>{@link #run} is for one thread at a time.
 */
final class DatabaseFile implements GroupSync.Sync, AutoCloseable {

    private static final System.Logger LOG = System.getLogger(DatabaseFile.class.getName());

    private final Path file;
    private final Connection connection;
    private final @Nullable Object identity;
    private final boolean isNew;
    private volatile Position position;

    /** Created after the first sync: a mark without a database would look like the loss of a database. */
    private @Nullable PositionFile mark;

    private DatabaseFile(Path file, Connection connection, Position position, boolean isNew) throws IOException {
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
        if (!Files.exists(file) && (isKnown || PositionFile.read(markOf(file)).isPresent())) {
            throw lost("is missing", file);
        }
        PrivateFiles.create(file);
    }

    /**
     * Takes over a database that has just been opened.
     *
     * @param connection a connection for this object alone; closed with this object, and also when opening fails
     * @param before the last position that this process knows of; null if it has not opened the database before
     * @throws LostException when stored data is lost
     * @throws SQLException when the database cannot be read or written
     */
    static DatabaseFile open(Path file, Connection connection, @Nullable Position before)
            throws SQLException, IOException {
        DatabaseFile checked = null;
        try {
            checked = check(file, connection, before);
            return checked;
        } finally {
            if (checked == null) {
                connection.close(); // otherwise H2 would hold the file that is to be replaced
            }
        }
    }

    private static DatabaseFile check(Path file, Connection connection, @Nullable Position before)
            throws SQLException, IOException {
        Path mark = markOf(file);
        IntegrityCheck.run(connection); // first: it distinguishes damage from other failures
        boolean isNew = IntegrityCheck.tables(connection).isEmpty();
        Optional<Position> actual = position(connection);
        Optional<Position> marked = PositionFile.read(mark);
        marked.ifPresent(expected -> requireAtLeast(file, expected, actual));
        if (marked.isEmpty() && before == null) {
            checkWithoutMark(file, mark, actual);
        }
        if (before != null) {
            requireAtLeast(file, before, actual);
        }
        connection.setAutoCommit(true);
        Position start = actual.isPresent() ? actual.get() : create(connection);
        DatabaseFile checked = new DatabaseFile(file, connection, start, isNew);
        checked.run(); // fails here if the database cannot be written to
        return checked;
    }

    /** Checks a database for which there is no readable mark to compare it with. */
    private static void checkWithoutMark(Path file, Path mark, Optional<Position> actual) {
        boolean isThere = Files.exists(mark);
        if (isThere && actual.isEmpty()) {
            throw lost("has lost all its data, and its mark cannot be read", file);
        }
        if (actual.isPresent() && actual.get().number() > 1) { // otherwise its first start was cut short
            LOG.log(
                    WARNING,
                    mark + (isThere ? " cannot be read" : " does not exist")
                            + "; the database is used without this check");
        }
    }

    private static void requireAtLeast(Path file, Position expected, Optional<Position> actual) {
        String loss;
        if (actual.isEmpty()) {
            throw lost("has lost all its data", file);
        } else if (!actual.get().database().equals(expected.database())) {
            loss = "is a different database than before";
        } else if (actual.get().number() < expected.number()) {
            loss = "has lost its latest changes (it is at position "
                    + actual.get().number() + ", but was at " + expected.number() + ")";
        } else {
            return;
        }
        throw new LostException(loss + "; " + remedy(file)
                + "; if you have restored an older backup without its mark, remove " + markOf(file));
    }

    private static LostException lost(String how, Path file) {
        return new LostException(how + "; " + remedy(file));
    }

    /** What the operator must do when stored data is lost. */
    static String remedy(Path file) {
        return "keep the hub stopped, and restore the latest backup of " + file + " and " + markOf(file)
                + " together; to start without sessions and revocations instead, move the remaining files away";
    }

    /**
     * Data that was stored in the file is lost. The message is for the operator, and continues a sentence that begins
     * with the database's name.
     */
    static final class LostException extends RuntimeException {

        private static final long serialVersionUID = 1;

        LostException(String message) {
            super(message);
        }
    }

    private static Optional<Position> position(Connection connection) throws SQLException {
        if (!IntegrityCheck.tables(connection).contains("file_mark")) {
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
            PositionFile written = mark;
            if (written == null) {
                written = new PositionFile(markOf(file));
                mark = written;
            }
            written.write(next);
        } catch (IOException e) {
            throw new SQLException("the mark next to " + file + " could not be written", "58030", e);
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
        try (PositionFile _ = mark) {
            connection.close();
        } catch (IOException e) {
            throw new SQLException("the mark next to " + file + " could not be closed", e);
        }
    }
}
