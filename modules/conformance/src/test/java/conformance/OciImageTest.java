package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import testing.ForeignGateway;
import testing.FreePort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The container image that {@code bin/oci} builds, run as described in docs/containers.md. */
class OciImageTest {

    private static final String USER = UUID.randomUUID().toString();
    private static final Path ROOT =
            Path.of(System.getProperty("conformance.modules")).resolve("..").normalize();

    @TempDir
    static Path folder;

    private static Path layout;
    private static Path bundle;

    @BeforeAll
    static void build() throws Exception {
        Foreign.install();
        Container.needs();
        Foreign.needs("apt-get", "dpkg-deb");
        layout = folder.resolve("oci");
        run(
                ROOT.resolve("bin/oci").toString(),
                "--runtime",
                Image.built().home().toString(),
                layout.toString());
        bundle = folder.resolve("bundle");
        List<String> unpack = new ArrayList<>(List.of("umoci", "unpack", "--image", layout + ":push"));
        if (!"root".equals(System.getProperty("user.name"))) {
            unpack.add("--rootless");
        }
        unpack.add(bundle.toString());
        run(unpack.toArray(String[]::new));
    }

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(String.join(" ", command), process.waitFor(), is(0));
        return output;
    }

    @Test
    void commandsOnThePageRun() throws Exception {
        Path work = Files.createDirectory(folder.resolve("page"));
        Commands commands = new Commands(work);
        Path oci = Files.writeString(
                work.resolve("bin/oci"),
                "#!/bin/sh\nexec \"" + ROOT.resolve("bin/oci") + "\" --runtime \""
                        + Image.built().home() + "\" \"$@\"\n");
        assertThat(oci.toFile().setExecutable(true), is(true));
        String output = commands.run(DocPage.of("docs/containers.md").commands());
        assertThat(output, containsString("every step was seen"));
        assertThat(Files.size(work.resolve("push.tar")), is(greaterThan(1L << 20)));
    }

    @Test
    void configurationMatchesThePage() throws Exception {
        JsonNode image = new JsonMapper().readTree(run("skopeo", "inspect", "--config", "oci:" + layout + ":push"));
        JsonNode config = image.path("config");
        assertThat(image.path("os").asString(), is("linux"));
        assertThat(config.path("User").asString(), is("65532:65532"));
        assertThat(config.path("WorkingDir").asString(), is("/var/lib/push"));
        assertThat(config.path("Entrypoint").toString(), is("[\"/opt/push/bin/push\"]"));
        assertThat(config.path("Cmd").toString(), is("[\"serve\"]"));
        assertThat(config.path("StopSignal").asString(), is("SIGTERM"));
        assertThat(config.path("Volumes").has("/var/lib/push"), is(true));
        assertThat(config.path("ExposedPorts").has("8080/tcp"), is(true));
        assertThat(config.path("Env").toString(), containsString("\"SERVER_HOST=0.0.0.0\""));
    }

    @Test
    void theHubRunsReadOnlyAndKeepsItsDataOnTheVolume() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Map<String, String> environment = new KubernetesManifests().plainVariables("hub.yaml");
        String session;
        try (Container container = new Container(bundle, data, FreePort.any(), environment)) {
            ForeignGateway gateway = container.subscribe("gateway").readingAll();
            String cursor = container.api().notify(USER, "mail", "{\"text\":\"größer\"}");
            assertThat(gateway.next().getCursor(), is(cursor));
            HubApi.Answer opened = container.api().call("POST", "/api/v1/sessions", "{\"user_id\":\"" + USER + "\"}");
            session = opened.json().path("device_session_id").asString();
            assertThat(container.terminate(), is(143));
            assertThat(container.log(), containsString("push stopped"));
            assertThat(container.log(), not(containsString("WARNING")));
        }
        assertThat(Files.exists(data.resolve("data/auth.mv.db")), is(true));
        try (Container container = new Container(bundle, data, FreePort.any(), environment)) {
            HubApi.Answer kept = container.api().call("GET", "/api/v1/sessions/" + session, "");
            assertThat(kept.body(), kept.json().path("state").asString(), is("open"));
            assertThat(container.terminate(), is(143));
        }
    }

    /** The command that Kubernetes runs before it stops a container, and a shell for debugging. */
    @Test
    void theImageHasTheCommandsOfThePod() throws Exception {
        List<String> preStop = new KubernetesManifests().preStop("hub.yaml");
        List<String> command = new ArrayList<>(
                List.of("bwrap", "--ro-bind", bundle.resolve("rootfs").toString(), "/"));
        command.addAll(List.of("--clearenv", "--setenv", "PATH", "/opt/push/bin:/usr/bin"));
        command.addAll(preStop.subList(0, 1));
        command.add("0"); // instead of the seconds that a pod sleeps
        run(command.toArray(String[]::new));
    }

    @Test
    void theSameInputGivesTheSameImage() throws Exception {
        Path again = folder.resolve("again");
        run(
                "env",
                "SOURCE_DATE_EPOCH=1",
                ROOT.resolve("bin/oci").toString(),
                "--runtime",
                Image.built().home().toString(),
                again.toString());
        assertThat(layers(again), is(layers(layout)));
    }

    private static String layers(Path layout) throws Exception {
        return new JsonMapper()
                .readTree(run("skopeo", "inspect", "oci:" + layout + ":push"))
                .path("Layers")
                .toString();
    }
}
