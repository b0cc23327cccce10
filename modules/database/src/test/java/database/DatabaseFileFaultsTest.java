package database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.Await;

/** A disk that fails, and a power cut, lose nothing that was acknowledged. */
class DatabaseFileFaultsTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private NotesFile notes;

    @BeforeEach
    void place() {
        notes = new NotesFile(folder);
    }

    @Test
    void powerCutLosesNothingThatWasAcknowledged() throws IOException {
        SplittableRandom random = new SplittableRandom(15);
        for (int cut = 0; cut < 40; cut++) {
            Set<Integer> acknowledged;
            byte[] left;
            byte[] marked;
            try (Database database = notes.open()) {
                acknowledged = new HashSet<>(NotesFile.notes(database));
                for (int i = random.nextInt(30); i >= 0; i--) {
                    acknowledged.add(notes.add(database));
                }
                left = FaultyFiles.disk(notes.name).cut(random);
                marked = Files.readAllBytes(notes.mark);
            }
            Files.write(notes.file, left);
            Files.write(notes.mark, marked);
            try (Database database = notes.open()) {
                assertThat("after cut " + cut, NotesFile.notes(database).containsAll(acknowledged), is(true));
            }
        }
    }

    @Test
    void failedDatabaseIsReopened() throws Exception {
        Set<Integer> acknowledged = new HashSet<>();
        try (Database database = notes.open()) {
            acknowledged.add(notes.add(database));
            FaultyFiles.Disk disk = FaultyFiles.disk(notes.name);
            disk.full(true);
            assertThrows(DatabaseUnavailable.class, () -> notes.fill(database));
            Await.until("it is not ready", SOON, () -> !database.isWritable());
            disk.full(false);
            Await.until("it is ready again", SOON, database::isWritable);
            acknowledged.add(notes.add(database));
            disk.failsToSync(true);
            assertThrows(DatabaseUnavailable.class, () -> notes.add(database));
            disk.failsToSync(false);
            Await.until("it is ready again", SOON, database::isWritable);
            assertThat(NotesFile.notes(database).containsAll(acknowledged), is(true));
        }
        try (Database database = notes.open()) {
            assertThat(NotesFile.notes(database).containsAll(acknowledged), is(true));
        }
    }

    @Test
    void removedFileIsNoticedAndNotReplaced() throws Exception {
        try (Database database = notes.open()) {
            notes.add(database);
            Files.delete(notes.file);
            Files.delete(notes.mark);
            assertThrows(DatabaseUnavailable.class, () -> notes.fill(database));
            Await.until("it is not ready", SOON, () -> !database.isWritable());
            assertThat("nothing new is made", Files.exists(notes.file), is(false));
        }
    }
}
