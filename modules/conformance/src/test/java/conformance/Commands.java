package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs commands of the documentation in a folder that has {@code bin/push}, as the root of the sources does. */
final class Commands {

    private static final long PATIENCE_SECONDS = 180;

    private final Path folder;

    /** @param folder an empty one */
    Commands(Path folder) throws IOException {
        this.folder = folder;
        Path push = Files.createDirectory(folder.resolve("bin")).resolve("push");
        Files.writeString(push, "#!/bin/sh\nexec \"" + Image.built().launcher() + "\" \"$@\"\n");
        assertThat(push.toFile().setExecutable(true), is(true));
    }

    /**
     * Runs commands one after the other; the first that fails ends them, and fails the test.
     *
     * @param programs folders that come first in the PATH
     * @return what they printed
     */
    String run(String commands, Path... programs) throws Exception {
        Path log = Files.createTempFile(folder, "commands", ".log");
        Path script = Files.writeString(
                Files.createTempFile(folder, "commands", ".sh"),
                "set -eux\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n" + commands);
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        List<Path> java = List.of(Path.of(System.getProperty("java.home"), "bin"));
        String path = Stream.concat(Stream.of(programs), java.stream())
                .map(Path::toString)
                .collect(Collectors.joining(":"));
        builder.environment().merge("PATH", path, (old, first) -> first + ":" + old + ":/usr/sbin");
        Process process = builder.start();
        boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroyForcibly();
        }
        String said = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(said, ended ? process.exitValue() : -1, is(0));
        return said;
    }
}
