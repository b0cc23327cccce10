package database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import testing.TestDatabase;

@ParameterizedClass
@EnumSource(TestDatabase.class)
class MigrationsTest {

    private static final String CREATE = "create table if not exists note (id integer primary key);";
    private static final String FILL = "insert into note (id) values (1); insert into note (id) values (2);";

    private final TestDatabase kind;
    private final String url;
    private final Database database;
    private final Map<String, String> resources = new HashMap<>(Map.of("1.sql", CREATE, "2.sql", FILL));

    MigrationsTest(TestDatabase kind) {
        this.kind = kind;
        url = kind.freshUrl();
        database = Database.open(DatabaseConfig.of(url));
    }

    @AfterEach
    void close() {
        database.close();
    }

    private Migrations migrations(String component, String... names) {
        return new Migrations(
                component,
                name -> {
                    String sql = resources.get(name);
                    return sql == null ? null : new ByteArrayInputStream(sql.getBytes(StandardCharsets.UTF_8));
                },
                Arrays.asList(names));
    }

    private List<String> column(String sql) {
        return database.inTransaction(connection -> {
            List<String> values = new ArrayList<>();
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        });
    }

    @Test
    void scriptsAreAppliedOnceAndInOrder() {
        migrations("test", "1.sql", "2.sql").apply(database);
        migrations("test", "1.sql", "2.sql").apply(database);
        assertThat(column("select id from note order by id"), is(List.of("1", "2")));
        assertThat(column("select name from schema_version order by number"), is(List.of("1.sql", "2.sql")));
    }

    @Test
    void newScriptIsAppliedToExistingTables() {
        migrations("test", "1.sql").apply(database);
        assertThat(column("select id from note"), is(List.of()));
        migrations("test", "1.sql", "2.sql").apply(database);
        assertThat(column("select id from note order by id"), is(List.of("1", "2")));
    }

    @Test
    void eachComponentHasItsOwnVersion() {
        resources.put("other.sql", "create table if not exists other (id integer);");
        migrations("test", "1.sql", "2.sql").apply(database);
        migrations("other", "other.sql").apply(database);
        assertThat(
                column("select component from schema_version where number = 1 order by component"),
                is(List.of("other", "test")));
    }

    @Test
    void componentMayHaveNoScripts() {
        migrations("test").apply(database);
        assertThat(column("select name from schema_version"), is(List.of()));
    }

    @Test
    void laterDatabaseIsRefused() {
        migrations("test", "1.sql", "2.sql").apply(database);
        assertThat(
                assertThrows(
                                IllegalArgumentException.class,
                                () -> migrations("test", "1.sql").apply(database))
                        .getMessage(),
                is("the database of auth.db.url is at version 2 of test, and this push supports at most 1:"
                        + " start the newer push, or restore the backup from before the upgrade"));
    }

    @Test
    void changedScriptIsRefused() {
        migrations("test", "1.sql").apply(database);
        resources.put("1.sql", CREATE + " -- changed");
        assertThat(
                assertThrows(
                                IllegalArgumentException.class,
                                () -> migrations("test", "1.sql", "2.sql").apply(database))
                        .getMessage(),
                containsString("was migrated to version 1 of test by a different 1.sql than this push has"));
        assertThat(column("select id from note"), is(List.of()));
    }

    @Test
    void failedScriptIsNotRecordedAndIsAppliedOnceItIsCorrected() {
        resources.put("2.sql", FILL + " insert into nowhere (id) values (3);");
        assertThrows(
                DatabaseException.class,
                () -> migrations("test", "1.sql", "2.sql").apply(database));
        assertThat(column("select name from schema_version"), is(List.of("1.sql")));
        assertThat(column("select id from note"), is(List.of()));
        resources.put("2.sql", FILL);
        migrations("test", "1.sql", "2.sql").apply(database);
        assertThat(column("select id from note order by id"), is(List.of("1", "2")));
    }

    @Test
    void missingScriptIsRefusedAtOnce() {
        assertThat(
                assertThrows(IllegalArgumentException.class, () -> migrations("test", "3.sql"))
                        .getMessage(),
                is("the migration 3.sql does not exist"));
    }

    @Test
    void manyProcessesMayStartAtOnce() throws Exception {
        assumeTrue(kind != TestDatabase.H2, "one process has it");
        List<Callable<Boolean>> processes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            processes.add(() -> {
                try (Database own = Database.open(DatabaseConfig.of(url))) {
                    migrations("test", "1.sql", "2.sql").apply(own);
                    return true;
                }
            });
        }
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> process : threads.invokeAll(processes)) {
                assertThat(process.get(), is(true));
            }
        }
        assertThat(column("select id from note order by id"), is(List.of("1", "2")));
    }
}
