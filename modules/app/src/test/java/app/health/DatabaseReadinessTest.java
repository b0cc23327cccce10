package app.health;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import database.Database;
import database.DatabaseConfig;
import io.helidon.health.HealthCheckResponse.Status;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseReadinessTest {

    @Test
    void upOnlyWhileTheDatabaseIsOpen(@TempDir Path folder) {
        Database database = Database.open(DatabaseConfig.of("jdbc:h2:file:" + folder.resolve("auth")));
        DatabaseReadiness readiness = new DatabaseReadiness(database);
        assertThat(readiness.call().status(), is(Status.UP));
        database.close();
        assertThat(readiness.call().status(), is(Status.DOWN));
    }
}
