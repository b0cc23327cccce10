package database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The tables of one module, as a list of SQL scripts that are applied in order, each once.
 *
 * <p>A script and its entry in {@code schema_version} are one transaction, and on PostgreSQL any number of processes
 * may start at the same time. H2 commits before and after each change of the schema. So that a script that was cut
 * short can be applied again, scripts use {@code if not exists}.
 */
public final class Migrations {

    /** The key of PostgreSQL's advisory lock, 64 bits; the letters of "push". */
    private static final long LOCK = 0x7075_7368L;

    /** On PostgreSQL, allows only one process at a time to change the schema, until its transaction ends. */
    static final String LOCK_STATEMENT = "select pg_advisory_xact_lock(" + LOCK + ")";

    private final String component;
    private final List<Script> scripts;

    private record Script(String name, String sql) {

        String checksum() {
            CRC32C checksum = new CRC32C();
            checksum.update(sql.getBytes(StandardCharsets.UTF_8));
            return Long.toHexString(checksum.getValue());
        }
    }

    private record Applied(String name, String checksum) {}

    /** Opens a resource of the module that the scripts belong to. */
    @FunctionalInterface
    public interface Resources {

        /** Opens a resource, as {@link Module#getResourceAsStream} of that module. */
        @Nullable
        InputStream open(String name) throws IOException;
    }

    /**
     * Reads the scripts.
     *
     * @param component the name of the tables' owner; the scripts are numbered by component
     * @param resources opens the resources of the component's own module, which no other module can open
     * @param names the names of all scripts, in order; add a new script at the end, and never change an existing one
     * @throws IllegalArgumentException when a script does not exist
     */
    public Migrations(String component, Resources resources, List<String> names) {
        this.component = component;
        this.scripts = names.stream().map(name -> read(resources, name)).toList();
    }

    private static Script read(Resources resources, String name) {
        try (InputStream in = resources.open(name)) {
            if (in == null) {
                throw new IllegalArgumentException("the migration " + name + " does not exist");
            }
            return new Script(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the migration " + name + " cannot be read", e);
        }
    }

    /**
     * Applies the scripts that were not applied yet.
     *
     * @throws IllegalArgumentException when the database is at a later version, or its history differs from these
     *     scripts; the message is one line for the operator
     */
    public void apply(Database database) {
        boolean more = true;
        while (more) {
            more = database.inMigration(connection -> {
                lock(database, connection);
                return applyNext(connection);
            });
        }
    }

    /** H2 needs no lock: only one process can open it. */
    private static void lock(Database database, Connection connection) throws SQLException {
        if (!database.isH2()) {
            execute(connection, LOCK_STATEMENT);
        }
    }

    /** Applies the next script. Returns true if there may be another one. */
    private boolean applyNext(Connection connection) throws SQLException {
        execute(connection, """
                create table if not exists schema_version (
                    component varchar(64) not null,
                    number integer not null,
                    name varchar(256) not null,
                    checksum varchar(16) not null,
                    applied_at timestamp with time zone not null,
                    primary key (component, number))
                """);
        List<Applied> applied = applied(connection);
        checkHistory(applied);
        if (applied.size() == scripts.size()) {
            return false;
        }
        Script script = scripts.get(applied.size());
        execute(connection, script.sql());
        record(connection, applied.size() + 1, script);
        return applied.size() + 1 < scripts.size();
    }

    private List<Applied> applied(Connection connection) throws SQLException {
        List<Applied> applied = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select name, checksum from schema_version where component = ? order by number")) {
            select.setString(1, component);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    applied.add(new Applied(rows.getString("name"), rows.getString("checksum")));
                }
            }
        }
        return applied;
    }

    private void checkHistory(List<Applied> applied) {
        if (applied.size() > scripts.size()) {
            throw refused("is at version " + applied.size() + " of " + component + ", and this push supports at most "
                    + scripts.size() + ": start the newer push, or restore the backup from before the upgrade");
        }
        for (int i = 0; i < applied.size(); i++) {
            Script script = scripts.get(i);
            if (!applied.get(i).equals(new Applied(script.name(), script.checksum()))) {
                throw refused("was migrated to version " + (i + 1) + " of " + component + " by a different "
                        + applied.get(i).name() + " than this push has: start the push that migrated it");
            }
        }
    }

    private static IllegalArgumentException refused(String why) {
        return new IllegalArgumentException("the database of " + OpenErrorMessages.URL_KEY + " " + why);
    }

    private void record(Connection connection, int number, Script script) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into schema_version (component, number, name, checksum, applied_at) values (?, ?, ?, ?, ?)")) {
            insert.setString(1, component);
            insert.setInt(2, number);
            insert.setString(3, script.name());
            insert.setString(4, script.checksum());
            insert.setObject(5, OffsetDateTime.now(ZoneOffset.UTC));
            insert.executeUpdate();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
