package database;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import testing.TestDatabase;

/** The message for the operator, on one line, when the database cannot be opened. */
class DatabaseMistakesTest {

    private static final String SECRET = "hunter2";

    private static String told(String url, String user) {
        DatabaseConfig config = new DatabaseConfig(url, user, SECRET, 1);
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> Database.open(config).close());
        String message = String.valueOf(refused.getMessage());
        assertThat(message, containsString("auth.db.url"));
        assertThat(message, not(containsString(SECRET)));
        assertThat(message.lines().count(), is(1L));
        return message;
    }

    @Test
    void unknownDatabaseIsRefused() {
        assertThat(
                told("jdbc:sqlite:x", ""),
                is("auth.db.url, jdbc:sqlite:x, is invalid: it must be jdbc:h2:… or jdbc:postgresql://…"));
    }

    @Test
    void settingThatLosesCommitsIsRefused() {
        assertThat(
                told("jdbc:h2:mem:x;write_delay=500", ""),
                is("auth.db.url, jdbc:h2:mem:x;write_delay=500, is invalid: WRITE_DELAY must be 0"));
    }

    /** Two hubs could open such a database without noticing each other. */
    @ParameterizedTest
    @CsvSource({
        "jdbc:h2:tcp://localhost/./data/auth, an H2 server is not supported",
        "jdbc:h2:ssl://localhost/./data/auth, an H2 server is not supported",
        "jdbc:h2:TCP://localhost/./data/auth, an H2 server is not supported",
        "jdbc:h2:file:./data/auth;AUTO_SERVER=TRUE, AUTO_SERVER must be FALSE",
        "jdbc:h2:file:./data/auth;file_lock=no, FILE_LOCK must be FS"
    })
    void databaseThatOtherProcessesCouldOpenIsRefused(String url, String why) {
        assertThat(told(url, ""), containsString(why));
    }

    @Test
    void urlWithALineBreakIsReportedOnOneLine() {
        assertThat(told("jdbc:postgresql://127.0.0.1:1/push\n", ""), containsString("/push\\n, cannot be "));
    }

    @Test
    void implicitFolderIsRefusedWithAnExampleOfAValidPath() {
        assertThat(
                told("jdbc:h2:file:data/auth", ""),
                allOf(
                        startsWith("the database of auth.db.url, jdbc:h2:file:data/auth, cannot be opened; "),
                        containsString("name a file in a writable folder, such as jdbc:h2:file:./data/auth")));
    }

    @Test
    void refusedPathLeavesNoFileBehind() {
        told("jdbc:h2:file:data/auth", "");
        assertThat(Files.exists(Path.of("retry:data")), is(false));
        assertThat(Files.exists(Path.of("data")), is(false));
    }

    @Test
    void pathThroughAFileIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(told("jdbc:h2:file:" + file + "/auth", ""), containsString("name a file in a writable folder"));
    }

    @Test
    void unreachableServerIsReported() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        assertThat(
                told("jdbc:postgresql://127.0.0.1:" + port + "/auth?password=" + SECRET, "push"),
                allOf(containsString("password=…"), containsString("check that it is running")));
    }

    /** The server may be running: the driver reports what is wrong with the URL. */
    @ParameterizedTest
    @ValueSource(strings = {"sslmode=S3", "gssEncMode=nonsense", "channelBinding=nonsense"})
    void optionThatTheDriverRejectsIsReported(String option) {
        String url = TestDatabase.POSTGRESQL.freshUrl() + "&" + option;
        assertThat(
                told(url, "postgres"),
                allOf(
                        containsString("check its URL"),
                        containsString(option.substring(option.indexOf('=') + 1)),
                        not(containsString("check that it is running"))));
    }

    @Test
    void missingDatabaseIsReported() {
        String url = TestDatabase.POSTGRESQL.freshUrl().replaceFirst("/test_\\d+", "/nowhere");
        assertThat(told(url, "postgres"), containsString("create it first"));
    }

    @Test
    void wrongPasswordIsRefused(@TempDir Path folder) {
        String url = "jdbc:h2:file:" + folder.resolve("auth");
        Database.open(new DatabaseConfig(url, "push", "another", 1)).close();
        assertThat(told(url, "push"), containsString("set auth.db.user and auth.db.password"));
    }

    /** The methods of PostgreSQL: clear text, MD5 and SCRAM. */
    @ParameterizedTest
    @ValueSource(strings = {"00000003", "0000000500000000", "0000000a534352414d2d5348412d3235360000"})
    void missingPasswordIsReported(String question) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String url = "jdbc:postgresql://127.0.0.1:" + server.getLocalPort() + "/auth";
            CompletableFuture<Void> asked = CompletableFuture.runAsync(() -> ask(server, question));
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class,
                    () -> Database.open(new DatabaseConfig(url, "push", "", 1)).close());
            assertThat(
                    refused.getMessage(),
                    is("the database of auth.db.url, " + url
                            + ", requires a password, and none is set; set auth.db.password or"
                            + " auth.db.password-file"));
            asked.get();
        }
    }

    /** Acts as a server up to the request for a password. */
    private static void ask(ServerSocket server, String question) {
        try (Socket socket = server.accept()) {
            DataInputStream in = new DataInputStream(socket.getInputStream());
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            byte[] startup = in.readNBytes(in.readInt() - Integer.BYTES);
            if (startup.length == Integer.BYTES) { // for TLS
                out.write('N');
                in.readNBytes(in.readInt() - Integer.BYTES);
            }
            byte[] body = HexFormat.of().parseHex(question);
            out.write('R');
            out.writeInt(Integer.BYTES + body.length);
            out.write(body);
            out.flush();
            in.readAllBytes(); // until the client disconnects
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void passwordIsNotShown() {
        assertThat(
                new DatabaseConfig("jdbc:h2:mem:x;PASSWORD=" + SECRET + ";MODE=x", "push", SECRET, 3).toString(),
                is("DatabaseConfig[url=jdbc:h2:mem:x;PASSWORD=…;MODE=x, user=push, poolSize=3]"));
    }

    @Test
    void passwordAnywhereInAUrlIsNotShown() {
        for (String url : List.of(
                "jdbc:postgresql://h/d?user=push&password=hunter2&ssl=true",
                "jdbc:postgresql://h/d?sslpassword=hunter2",
                "postgresql://push:hunter2@h/d",
                "jdbc:h2:tcp://h/d;Password=hunter2;USER=x")) {
            assertThat(DatabaseConfig.withoutPassword(url), not(containsString(SECRET)));
        }
        assertThat(DatabaseConfig.withoutPassword("jdbc:h2:file:./data/auth"), is("jdbc:h2:file:./data/auth"));
    }
}
