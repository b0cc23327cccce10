package database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/** A file of H2 with a table of notes, in a folder of its own, on a disk that can fail. */
final class NotesFile {

    final Path name;
    final Path file;
    final Path mark;
    private int next;

    NotesFile(Path folder) {
        name = folder.resolve("auth");
        file = folder.resolve("auth.mv.db");
        mark = folder.resolve("auth.mark");
    }

    Database open() {
        Database database = Database.open(DatabaseConfig.of(FaultyFiles.url(name)));
        int _ = database.inTransaction(connection -> {
            try (Statement create = connection.createStatement()) {
                return create.executeUpdate(
                        "create table if not exists note (id integer primary key, text varchar(500))");
            }
        });
        return database;
    }

    int add(Database database) {
        int id = next++;
        return database.inTransaction(connection -> {
            try (PreparedStatement insert = connection.prepareStatement("insert into note values (?, ?)")) {
                insert.setInt(1, id);
                insert.setString(2, "x".repeat(400));
                insert.executeUpdate();
                return id;
            }
        });
    }

    static Set<Integer> notes(Database database) {
        return database.read(connection -> {
            Set<Integer> ids = new HashSet<>();
            try (Statement select = connection.createStatement();
                    ResultSet rows = select.executeQuery("select id from note")) {
                while (rows.next()) {
                    ids.add(rows.getInt(1));
                }
            }
            return ids;
        });
    }

    void fill(Database database) {
        for (int i = 0; i < 1_000; i++) {
            add(database);
        }
    }

    /** Opens the database, which must fail. Returns the message, which is one line. */
    String refused() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> open().close());
        String message = String.valueOf(refused.getMessage());
        assertThat(message.lines().count(), is(1L));
        return message;
    }
}
