package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That the commands in docs/tls.md run as they stand, one after the other. */
class TlsPageTest {

    private static final Pattern SHELL = Pattern.compile("^```sh\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern FILE =
            Pattern.compile("^```yaml\\n# (\\S+)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final long PATIENCE_SECONDS = 180;

    @Test
    void commandsRun(@TempDir Path folder) throws Exception {
        Foreign.install();
        Path programs = Foreign.programs();
        Path docs = Path.of(System.getProperty("conformance.modules"), "..", "docs", "tls.md");
        String page = Files.readString(docs).replace("8443", Integer.toString(freePort()));
        for (MatchResult file : FILE.matcher(page).results().toList()) {
            Files.writeString(folder.resolve(file.group(1)), file.group(2));
        }
        Path push = Files.createDirectory(folder.resolve("bin")).resolve("push");
        Files.writeString(push, "#!/bin/sh\nexec \"" + Image.built().launcher() + "\" \"$@\"\n");
        assertThat(push.toFile().setExecutable(true), is(true));
        String commands =
                SHELL.matcher(page).results().map(block -> block.group(1)).collect(Collectors.joining());
        Path script = Files.writeString(
                folder.resolve("all.sh"), "set -eux\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n" + commands);
        String said = run(folder, script, programs);
        assertThat("as often as it is started", count(said, "push is ready at https://"), is(3L));
        assertThat(said, containsString("SUBSCRIBERS"));
        assertThat(said, containsString("hello"));
        assertThat(said, containsString("SERVING"));
    }

    private static String run(Path folder, Path script, Path programs) throws Exception {
        Path log = folder.resolve("all.log");
        ProcessBuilder builder = new ProcessBuilder("bash", script.toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        String path = programs + ":" + Path.of(System.getProperty("java.home"), "bin");
        builder.environment().merge("PATH", path, (old, first) -> first + ":" + old);
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

    private static long count(String text, String part) {
        return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
