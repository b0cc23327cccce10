package database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import testing.Await;

/** Tests that what is kept in a file stays kept, and that the hub says so if it is lost. */
class KeptFileTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int RUNS_OF_NOISE = Integer.getInteger("noise.runs", 40);

    @TempDir
    private Path folder;

    private Path name;
    private Path file;
    private Path mark;
    private int next;

    @BeforeEach
    void place() {
        name = folder.resolve("auth");
        file = folder.resolve("auth.mv.db");
        mark = folder.resolve("auth.mark");
    }

    private Database open() {
        Database database = Database.open(DatabaseConfig.of(FaultyFiles.url(name)));
        int _ = database.inTransaction(connection -> {
            try (Statement create = connection.createStatement()) {
                return create.executeUpdate(
                        "create table if not exists note (id integer primary key, text varchar(500))");
            }
        });
        return database;
    }

    private int add(Database database) {
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

    private static Set<Integer> notes(Database database) {
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

    private String refused() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> open().close());
        String message = String.valueOf(refused.getMessage());
        assertThat(message.lines().count(), is(1L));
        return message;
    }

    /** What happens to files. */
    enum Harm {
        EMPTIED {
            @Override
            void to(Path file, Path older) throws IOException {
                Files.write(file, new byte[0]);
            }
        },
        REMOVED {
            @Override
            void to(Path file, Path older) throws IOException {
                Files.delete(file);
            }
        },
        ZEROED {
            @Override
            void to(Path file, Path older) throws IOException {
                Files.write(file, new byte[(int) Files.size(file)]);
            }
        },
        REPLACED_BY_AN_OLDER_ONE {
            @Override
            void to(Path file, Path older) throws IOException {
                Files.write(file, Files.readAllBytes(older));
            }
        };

        abstract void to(Path file, Path older) throws IOException;
    }

    @ParameterizedTest
    @EnumSource
    void startIsRefusedWhenWhatWasKeptIsGone(Harm harm) throws IOException {
        Path older = folder.resolve("older");
        try (Database database = open()) {
            add(database);
        }
        Files.copy(file, older);
        try (Database database = open()) {
            add(database);
        }
        harm.to(file, older);
        assertThat(
                refused(),
                allOf(
                        containsString("auth.db.url"),
                        containsString("restore the latest backup of " + file + " and " + mark),
                        containsString("move what is left of them away")));
        assertThat("still refused", refused(), containsString("restore the latest backup of " + file));
    }

    @Test
    void emptiedOneIsRefusedWithoutAMarkThatCanBeReadToo() throws IOException {
        try (Database database = open()) {
            add(database);
        }
        Harm.EMPTIED.to(file, file);
        for (byte[] unreadable : List.of(new byte[0], "garbage".getBytes(StandardCharsets.US_ASCII))) {
            Files.write(mark, unreadable);
            assertThat(refused(), containsString("its mark cannot be read"));
        }
    }

    /** Nothing was kept yet, whatever a power cut or a kill leaves of the two files. */
    @Test
    void firstStartThatIsCutShortStopsNoLaterOne() throws IOException {
        FaultyFiles.Disk disk = FaultyFiles.disk(name);
        disk.failsToSync(true);
        assertThat(refused(), containsString("can't be opened"));
        assertThat("made before the first sync", Files.exists(mark), is(false));
        disk.failsToSync(false);
        Files.write(file, disk.cut(new SplittableRandom(1)));
        open().close();
    }

    @Test
    void wholeOneIsTakenWithoutAMarkThatCanBeRead() throws IOException {
        try (Database database = open()) {
            add(database);
        }
        Files.write(mark, new byte[0]);
        try (Database database = open()) {
            assertThat(notes(database), is(Set.of(0)));
        }
    }

    @Test
    void olderOneIsTakenOnceItsMarkIsRemoved() throws IOException {
        Path older = folder.resolve("older");
        try (Database database = open()) {
            add(database);
        }
        Files.copy(file, older);
        try (Database database = open()) {
            add(database);
        }
        Harm.REPLACED_BY_AN_OLDER_ONE.to(file, older);
        Files.delete(mark);
        try (Database database = open()) {
            assertThat(notes(database), is(Set.of(0)));
        }
    }

    @Test
    void noiseAnywhereInTheFileLosesNothingSilently() throws IOException {
        try (Database database = open()) {
            for (int i = 0; i < 500; i++) {
                add(database);
            }
        }
        byte[] whole = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(14);
        int refusals = 0;
        for (int i = 0; i < RUNS_OF_NOISE; i++) {
            Files.write(file, whole);
            byte[] noise = new byte[1 + random.nextInt(16_384)];
            random.nextBytes(noise);
            try (RandomAccessFile damaged = new RandomAccessFile(file.toFile(), "rw")) {
                damaged.seek(random.nextInt(whole.length - noise.length));
                damaged.write(noise);
            }
            byte[] marked = Files.readAllBytes(mark);
            try (Database database = open()) {
                assertThat("seen in full, run " + i, notes(database).size(), is(500));
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage(), containsString("restore the latest backup"));
                refusals++;
            }
            Files.write(mark, marked);
        }
        assertThat("most are noticed, and were " + refusals, refusals > 0, is(true));
    }

    @Test
    void powerCutLosesNothingThatWasAnswered() throws IOException {
        SplittableRandom random = new SplittableRandom(15);
        for (int cut = 0; cut < 40; cut++) {
            Set<Integer> answered;
            byte[] left;
            byte[] marked;
            try (Database database = open()) {
                answered = new HashSet<>(notes(database));
                for (int i = random.nextInt(30); i >= 0; i--) {
                    answered.add(add(database));
                }
                left = FaultyFiles.disk(name).cut(random);
                marked = Files.readAllBytes(mark);
            }
            Files.write(file, left);
            Files.write(mark, marked);
            try (Database database = open()) {
                assertThat("after cut " + cut, notes(database).containsAll(answered), is(true));
            }
        }
    }

    @Test
    void databaseThatFailedIsOpenedAgain() throws Exception {
        Set<Integer> answered = new HashSet<>();
        try (Database database = open()) {
            answered.add(add(database));
            FaultyFiles.Disk disk = FaultyFiles.disk(name);
            disk.full(true);
            assertThrows(DatabaseUnavailable.class, () -> fill(database));
            Await.until("it is not ready", SOON, () -> !database.isWritable());
            disk.full(false);
            Await.until("it is ready again", SOON, database::isWritable);
            answered.add(add(database));
            disk.failsToSync(true);
            assertThrows(DatabaseUnavailable.class, () -> add(database));
            disk.failsToSync(false);
            Await.until("it is ready again", SOON, database::isWritable);
            assertThat(notes(database).containsAll(answered), is(true));
        }
        try (Database database = open()) {
            assertThat(notes(database).containsAll(answered), is(true));
        }
    }

    private void fill(Database database) {
        for (int i = 0; i < 1_000; i++) {
            add(database);
        }
    }

    @Test
    void fileThatIsRemovedUnderItIsNoticedAndMissed() throws Exception {
        try (Database database = open()) {
            add(database);
            Files.delete(file);
            Files.delete(mark);
            assertThrows(DatabaseUnavailable.class, () -> fill(database));
            Await.until("it is not ready", SOON, () -> !database.isWritable());
            assertThat("nothing new is made", Files.exists(file), is(false));
        }
    }

    @Test
    void refusedFileIsNotHeldOpen() throws IOException {
        Path whole = folder.resolve("whole");
        try (Database database = open()) {
            add(database);
        }
        Files.copy(file, whole);
        Harm.EMPTIED.to(file, file);
        assertThat(refused(), containsString("lacks everything"));
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
        try (Database database = open()) {
            assertThat(notes(database), is(Set.of(0)));
        }
    }

    @Test
    void onlyItsOwnerReadsIt() throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        open().close();
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertThat(all.size(), is(2));
            for (Path each : all) {
                assertThat(
                        each.toString(),
                        PosixFilePermissions.toString(Files.getPosixFilePermissions(each)),
                        is("rw-------"));
            }
        }
    }
}
