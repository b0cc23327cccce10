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
 * The databases that a suite runs on: an empty one of its own each time. They go with the process.
 *
 * <p>Made for parameterised classes and tests: {@code @EnumSource(TestDatabase.class)}.
 */
public enum TestDatabase {
    /** In a file, as by default. */
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

    /** A real server, started with the first test that asks for it. Its programs are those of Linux on x86-64. */
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

    /** The URL of a new and empty database, which needs neither user nor password beside it. */
    public abstract String freshUrl();
}
