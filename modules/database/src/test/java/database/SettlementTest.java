package database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of H2 in a file, which shows what it has yet to write. */
class SettlementTest {

    private static final int WRITERS = 8;
    private static final int KILLS = 20;

    @TempDir
    Path folder;

    private Database open(String name) {
        return Database.open(DatabaseConfig.of("jdbc:h2:file:" + folder.resolve(name)));
    }

    private static void execute(Database database, String sql) {
        boolean _ = database.inTransaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    private static Set<Long> numbers(Database database) {
        return database.inTransaction(connection -> {
            Set<Long> numbers = new HashSet<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select id from note")) {
                while (rows.next()) {
                    numbers.add(rows.getLong(1));
                }
            }
            return numbers;
        });
    }

    /** The file as it is at a moment is what a killed process leaves. */
    @Test
    void whatWasSeenBeforeIsInTheFileAfterwards() throws Exception {
        CountDownLatch enough = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                Database database = open("live")) {
            execute(database, "create table note (id bigint generated always as identity primary key, text varchar)");
            for (int writer = 0; writer < WRITERS; writer++) {
                threads.execute(() -> {
                    while (enough.getCount() > 0) {
                        execute(database, "insert into note (text) values ('x')");
                    }
                });
            }
            try {
                for (int kill = 0; kill < KILLS; kill++) {
                    Set<Long> seen = numbers(database);
                    database.settle();
                    String copy = "copy-" + kill;
                    Files.copy(folder.resolve("live.mv.db"), folder.resolve(copy + ".mv.db"));
                    try (Database left = open(copy)) {
                        seen.removeAll(numbers(left));
                        assertThat(seen, is(empty()));
                    }
                }
            } finally {
                enough.countDown();
            }
        }
    }
}
