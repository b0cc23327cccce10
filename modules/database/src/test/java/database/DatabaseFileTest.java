package database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The hub opens the file that it had before, and refuses a file that lacks data. */
class DatabaseFileTest {

    private static final int RUNS_OF_NOISE = Integer.getInteger("noise.runs", 40);

    @TempDir
    private Path folder;

    private NotesFile notes;

    @BeforeEach
    void place() {
        notes = new NotesFile(folder);
    }

    /** Ways in which the data of a file is lost. */
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
    void lostDataStopsTheStart(Harm harm) throws IOException {
        Path older = folder.resolve("older");
        try (Database database = notes.open()) {
            notes.add(database);
        }
        Files.copy(notes.file, older);
        try (Database database = notes.open()) {
            notes.add(database);
        }
        harm.to(notes.file, older);
        assertThat(
                notes.refused(),
                allOf(
                        containsString("auth.db.url"),
                        containsString("restore the latest backup of " + notes.file + " and " + notes.mark),
                        containsString("move the remaining files away")));
        assertThat("still refused", notes.refused(), containsString("restore the latest backup of " + notes.file));
    }

    @Test
    void emptiedFileWithAnUnreadableMarkIsRefused() throws IOException {
        try (Database database = notes.open()) {
            notes.add(database);
        }
        Harm.EMPTIED.to(notes.file, notes.file);
        for (byte[] unreadable : List.of(new byte[0], "garbage".getBytes(StandardCharsets.US_ASCII))) {
            Files.write(notes.mark, unreadable);
            assertThat(notes.refused(), containsString("its mark cannot be read"));
        }
    }

    /** No data was stored yet, whatever a power cut or a kill leaves of the two files. */
    @Test
    void interruptedFirstStartDoesNotStopALaterStart() throws IOException {
        FaultyFiles.Disk disk = FaultyFiles.disk(notes.name);
        disk.failsToSync(true);
        assertThat(notes.refused(), containsString("cannot be opened"));
        assertThat("made before the first sync", Files.exists(notes.mark), is(false));
        disk.failsToSync(false);
        Files.write(notes.file, disk.cut(new SplittableRandom(1)));
        notes.open().close();
    }

    @Test
    void intactFileWithAnUnreadableMarkIsAccepted() throws IOException {
        try (Database database = notes.open()) {
            notes.add(database);
        }
        Files.write(notes.mark, new byte[0]);
        try (Database database = notes.open()) {
            assertThat(NotesFile.notes(database), is(Set.of(0)));
        }
    }

    @Test
    void olderFileIsAcceptedOnceItsMarkIsRemoved() throws IOException {
        Path older = folder.resolve("older");
        try (Database database = notes.open()) {
            notes.add(database);
        }
        Files.copy(notes.file, older);
        try (Database database = notes.open()) {
            notes.add(database);
        }
        Harm.REPLACED_BY_AN_OLDER_ONE.to(notes.file, older);
        Files.delete(notes.mark);
        try (Database database = notes.open()) {
            assertThat(NotesFile.notes(database), is(Set.of(0)));
        }
    }

    @Test
    void noiseAnywhereInTheFileLosesNothingSilently() throws IOException {
        try (Database database = notes.open()) {
            for (int i = 0; i < 500; i++) {
                notes.add(database);
            }
        }
        byte[] whole = Files.readAllBytes(notes.file);
        SplittableRandom random = new SplittableRandom(14);
        int refusals = 0;
        for (int i = 0; i < RUNS_OF_NOISE; i++) {
            Files.write(notes.file, whole);
            byte[] noise = new byte[1 + random.nextInt(16_384)];
            random.nextBytes(noise);
            try (RandomAccessFile damaged = new RandomAccessFile(notes.file.toFile(), "rw")) {
                damaged.seek(random.nextInt(whole.length - noise.length));
                damaged.write(noise);
            }
            byte[] marked = Files.readAllBytes(notes.mark);
            try (Database database = notes.open()) {
                assertThat("seen in full, run " + i, NotesFile.notes(database).size(), is(500));
            } catch (IllegalArgumentException e) {
                assertThat(e.getMessage(), containsString("restore the latest backup"));
                refusals++;
            }
            Files.write(notes.mark, marked);
        }
        assertThat("most must be noticed; noticed: " + refusals, refusals > 0, is(true));
    }

    @Test
    void refusedFileIsClosed() throws IOException {
        Path whole = folder.resolve("whole");
        try (Database database = notes.open()) {
            notes.add(database);
        }
        Files.copy(notes.file, whole);
        Harm.EMPTIED.to(notes.file, notes.file);
        assertThat(notes.refused(), containsString("has lost all its data"));
        Files.move(whole, notes.file, StandardCopyOption.REPLACE_EXISTING);
        try (Database database = notes.open()) {
            assertThat(NotesFile.notes(database), is(Set.of(0)));
        }
    }

    @Test
    void onlyTheOwnerCanReadTheFiles() throws IOException {
        Files.createFile(
                notes.file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r--r--")));
        notes.open().close();
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
