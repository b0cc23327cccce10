package conformance;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The manifests in etc/kubernetes are valid, and consistent with each other and with the hub. */
class KubernetesManifestsTest {

    private static final KubernetesManifests MANIFESTS = new KubernetesManifests();

    /** The time that a stop takes at most in addition to the drain. */
    private static final Duration BEYOND_DRAIN = Duration.ofSeconds(4);

    /** Finds unknown fields, missing ones, and values of a wrong type. */
    private static void validate(JsonNode object) throws Exception {
        JsonElement json = JsonParser.parseString(object.toString());
        switch (object.path("kind").asString()) {
            case "Deployment" -> V1Deployment.validateJsonElement(json);
            case "Service" -> V1Service.validateJsonElement(json);
            case "NetworkPolicy" -> V1NetworkPolicy.validateJsonElement(json);
            case "PersistentVolumeClaim" -> V1PersistentVolumeClaim.validateJsonElement(json);
            default -> throw new AssertionError("an object of an unknown kind: " + object);
        }
    }

    @Test
    void kubernetesKnowsEveryField() throws Exception {
        for (String file : MANIFESTS.files()) {
            for (JsonNode object : MANIFESTS.objects(file)) {
                validate(object);
            }
        }
    }

    @Test
    void aMisspeltFieldIsFound() throws Exception {
        ObjectNode deployment = (ObjectNode) MANIFESTS.object("hub.yaml", "Deployment");
        ObjectNode pod = (ObjectNode) deployment.path("spec").path("template").path("spec");
        pod.put("terminationGracePeriod", 30);
        var refused = assertThrows(IllegalArgumentException.class, () -> validate(deployment));
        assertThat(refused.getMessage(), containsString("terminationGracePeriod"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hub.yaml", "hub-postgresql.yaml"})
    void oneHubRunsAtATimeAndHasTimeToStop(String file) throws Exception {
        JsonNode spec = MANIFESTS.object(file, "Deployment").path("spec");
        assertThat(spec.path("replicas").asInt(), is(1));
        assertThat(spec.path("strategy").path("type").asString(), is("Recreate"));
        JsonNode settings = new YAMLMapper()
                .readTree(Files.readString(
                        Path.of(System.getProperty("conformance.modules")).resolve("../etc/application.yaml")));
        Duration drain =
                Duration.parse(settings.path("push").path("drain-timeout").asString());
        List<String> preStop = MANIFESTS.preStop(file);
        assertThat(preStop.getFirst(), is("sleep"));
        Duration sleep = Duration.ofSeconds(Long.parseLong(preStop.getLast()));
        assertThat(
                Duration.ofSeconds(MANIFESTS
                        .pod(file)
                        .path("terminationGracePeriodSeconds")
                        .asLong()),
                is(greaterThan(sleep.plus(drain).plus(BEYOND_DRAIN))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"hub.yaml", "hub-postgresql.yaml"})
    void portsAgree(String file) throws Exception {
        JsonNode port = MANIFESTS.container(file).path("ports").path(0);
        assertThat("the hub's default", port.path("containerPort").asInt(), is(8080));
        String name = port.path("name").asString();
        for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
            JsonNode call = MANIFESTS.container(file).path(probe).path("httpGet");
            assertThat(probe, call.path("port").asString(), is(name));
        }
        JsonNode service = MANIFESTS.object("service.yaml", "Service").path("spec");
        assertThat(service.path("ports").path(0).path("targetPort").asString(), is(name));
        JsonNode policy =
                MANIFESTS.object("network-policy.yaml", "NetworkPolicy").path("spec");
        assertThat(
                policy.path("ingress")
                        .path(0)
                        .path("ports")
                        .path(0)
                        .path("port")
                        .asString(),
                is(name));
        JsonNode labels = MANIFESTS
                .object(file, "Deployment")
                .path("spec")
                .path("template")
                .path("metadata")
                .path("labels");
        assertThat(service.path("selector"), is(labels));
        assertThat(policy.path("podSelector").path("matchLabels"), is(labels));
    }

    @Test
    void probesSucceedOnARunningHub() throws Exception {
        try (HubProcess hub = HubProcess.start("push: {}")) {
            for (String file : List.of("hub.yaml", "hub-postgresql.yaml")) {
                for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                    String path = MANIFESTS
                            .container(file)
                            .path(probe)
                            .path("httpGet")
                            .path("path")
                            .asString();
                    assertThat(path, hub.api().call("GET", path, "").status(), is(200));
                }
            }
        }
    }

    /** Finds a change that was made in only one of them. */
    @Test
    void deploymentsDifferOnlyInTheirDatabase() throws Exception {
        JsonNode file = withoutDatabase("hub.yaml");
        assertThat(withoutDatabase("hub-postgresql.yaml"), is(file));
    }

    private static JsonNode withoutDatabase(String file) throws Exception {
        JsonNode deployment = MANIFESTS.object(file, "Deployment").deepCopy();
        JsonNode pod = deployment.path("spec").path("template").path("spec");
        ObjectNode security = (ObjectNode) pod.path("securityContext");
        security.remove(List.of("fsGroup", "fsGroupChangePolicy"));
        JsonNode container = pod.path("containers").path(0);
        for (JsonNode list : List.of(pod.path("volumes"), container.path("volumeMounts"), container.path("env"))) {
            for (int i = list.size() - 1; i >= 0; i--) {
                String name = list.path(i).path("name").asString();
                if (name.equals("data") || name.startsWith("AUTH_DB_")) {
                    ((ArrayNode) list).remove(i);
                }
            }
        }
        return deployment;
    }
}
