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

/** Runs commands of the documentation in a folder that has {@code bin/push}, like the root of the sources. */
final class Commands {

    private static final long TIMEOUT_SECONDS = 180;

    private final Path folder;

    /** @param folder an empty folder */
    Commands(Path folder) throws IOException {
        this.folder = folder;
        Path push = Files.createDirectory(folder.resolve("bin")).resolve("push");
        Files.writeString(push, "#!/bin/sh\nexec \"" + Image.built().launcher() + "\" \"$@\"\n");
        assertThat(push.toFile().setExecutable(true), is(true));
    }

    /**
     * Runs commands one after the other. The first one that fails stops the run and fails the test.
     *
     * @param programs folders to put first in the PATH
     * @return the output of the commands
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
        boolean ended = process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroyForcibly();
        }
        String output = Files.readString(log, StandardCharsets.UTF_8);
        assertThat(output, ended ? process.exitValue() : -1, is(0));
        return output;
    }
}
