package testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The databases on which tests run. Each call creates an empty one, which is deleted when the process exits.
 *
 * <p>For parameterised classes and tests: {@code @EnumSource(TestDatabase.class)}.
 */
public enum TestDatabase {
    /** In a file, as in the hub's default configuration. */
    H2 {
        @Override
        public String freshUrl() {
            try {
                Path folder = Files.createTempDirectory("push-h2");
                DeletedAtExit.add(folder);
                return "jdbc:h2:file:" + folder.resolve("test");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    },

    /** A real server, started by the first test that needs it. Its programs are for Linux on x86-64 only. */
    POSTGRESQL {
        @Override
        public String freshUrl() {
            String name = "test_" + COUNT.incrementAndGet();
            try (Connection connection =
                            PostgresServer.running().getPostgresDatabase().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("create database " + name);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            return PostgresServer.running().getJdbcUrl("postgres", name);
        }
    };

    private static final AtomicInteger COUNT = new AtomicInteger();

    /** Creates a new, empty database and returns its URL, which needs no user or password in addition. */
    public abstract String freshUrl();
}
