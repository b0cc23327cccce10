package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.FreePort;

/**
 * The commands in docs/upgrades.md upgrade to a new image and return to the old one, and its section about the way back
 * is right: a database of a later version is refused, and the backup from before the upgrade works.
 */
class UpgradePageTest {

    private static final List<String> FILES = List.of("auth.mv.db", "auth.mark");

    private static final String USER = UUID.randomUUID().toString();

    @TempDir
    Path folder;

    @Test
    void aBackupReplacesALaterDatabase() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path backup = Files.createDirectory(folder.resolve("backup"));
        String yaml = "auth: { db: { url: \"jdbc:h2:file:" + data.resolve("auth") + "\" } }";
        String session;
        try (HubProcess hub = HubProcess.start(yaml)) {
            session = hub.api()
                    .call("POST", "/api/v1/sessions", "{\"user_id\":\"" + USER + "\"}")
                    .json()
                    .path("device_session_id")
                    .asString();
            HubApi.Answer revoked = hub.api().call("DELETE", "/api/v1/sessions/" + session + "?reason=before", "");
            assertThat(revoked.body(), revoked.status(), is(204));
        }
        copy(data, backup);
        migrate(data);
        Path config = Files.writeString(folder.resolve("application.yaml"), yaml);
        Image.Result refused =
                Image.built().push("serve", "--config", config.toString(), "--port", Integer.toString(FreePort.any()));
        assertThat(refused.err(), refused.exit(), is(1));
        assertThat(
                refused.err(), containsString("start the newer push, or restore the backup from before the upgrade"));
        copy(backup, data);
        try (HubProcess hub = HubProcess.start(yaml)) {
            HubApi.Answer kept = hub.api().call("GET", "/api/v1/sessions/" + session, "");
            assertThat(kept.body(), kept.json().path("reason").asString(), is("before"));
        }
    }

    /**
     * A replacement of systemctl. Like systemd for a unit of the type exec, it waits for a stopped hub to end, but not
     * for a started one to be ready.
     */
    private static String systemctl(Path folder, int port) {
        return """
            hub=
            systemctl() {
              case $1 in
                start) (cd "%1$s/var" && exec "%1$s/opt/push/bin/push" serve --port %2$s) & hub=$! ;;
                stop) kill "$hub" && { wait "$hub" || test $? = 143; } ;;
              esac
            }
            systemctl start push
            curl --silent --show-error --fail --retry 60 --retry-delay 1 --retry-connrefused \
              http://127.0.0.1:%2$s/observe/health/ready
            session=$(curl --silent --show-error --fail http://127.0.0.1:%2$s/api/v1/sessions \
              --header 'Content-Type: application/json' --data '{"user_id":"%3$s"}' \
              | sed 's/.*"device_session_id":"\\([^"]*\\)".*/\\1/')
            """.formatted(folder, port, USER);
    }

    /** Waits for the hub, and shows the session that was opened before the upgrade. */
    private static String check(int port) {
        return """
            curl --silent --show-error --fail --retry 60 --retry-delay 1 --retry-connrefused \
              "http://127.0.0.1:%s/api/v1/sessions/$session"
            """.formatted(port);
    }

    @Test
    void commandsRun() throws Exception {
        int port = FreePort.any();
        String home = Image.built().home().toString();
        Files.createDirectories(folder.resolve("opt"));
        Files.createDirectories(folder.resolve("var"));
        Path work = Files.createDirectory(folder.resolve("work"));
        DocPage page = DocPage.of("docs/upgrades.md")
                .with("/opt/", folder + "/opt/")
                .with("/var/lib/private/push", folder.resolve("var"))
                .with("modules/image/target/push", home)
                .with("127.0.0.1:8080", "127.0.0.1:" + port)
                .with("bin/push status", "bin/push status --target 127.0.0.1:" + port);
        StringBuilder commands =
                new StringBuilder("cp -r " + home + " " + folder + "/opt/push\n").append(systemctl(folder, port));
        for (String block : page.blocks("sh")) {
            commands.append(block).append(block.contains("systemctl start") ? check(port) : "");
        }
        String output =
                new Commands(work).run(commands.append("systemctl stop push\n").toString());
        assertThat(
                "starts of the first hub, the new one, the old one, and the one with the backup",
                count(output, "push is ready at "),
                is(4L));
        assertThat("open sessions after three starts", count(output, "\"state\":\"open\""), is(3L));
        assertThat(output, containsString("SUBSCRIBERS"));
    }

    private static long count(String text, String part) {
        return Pattern.compile(Pattern.quote(part)).matcher(text).results().count();
    }

    private static void copy(Path from, Path to) throws Exception {
        for (String file : FILES) {
            Files.copy(from.resolve(file), to.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Applies a migration script that this version does not have, as a later version would. */
    private static void migrate(Path data) throws Exception {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:h2:file:" + data.resolve("auth") + ";DATABASE_TO_LOWER=TRUE");
                Statement statement = connection.createStatement()) {
            int rows = statement.executeUpdate("""
                    insert into schema_version (component, number, name, checksum, applied_at)
                    select component, number + 1, 'later.sql', '0', applied_at from schema_version s
                    where component = 'auth'
                      and number = (select max(number) from schema_version where component = 'auth')
                    """);
            assertThat(rows, is(1));
        }
    }
}
