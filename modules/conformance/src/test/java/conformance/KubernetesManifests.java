package conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The manifests in {@code etc/kubernetes}. */
final class KubernetesManifests {

    private static final YAMLMapper YAML = new YAMLMapper();

    private final Path folder = Path.of(System.getProperty("conformance.modules"), "..", "etc", "kubernetes")
            .normalize();

    /** The names of all files. */
    List<String> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** The objects in a file, in order. */
    List<JsonNode> objects(String file) throws IOException {
        try (MappingIterator<JsonNode> objects =
                YAML.readerFor(JsonNode.class).readValues(Files.readString(folder.resolve(file)))) {
            return objects.readAll();
        }
    }

    /** The only object of a kind in a file. */
    JsonNode object(String file, String kind) throws IOException {
        List<JsonNode> objects = objects(file).stream()
                .filter(object -> object.path("kind").asString().equals(kind))
                .toList();
        if (objects.size() != 1) {
            throw new AssertionError(file + " has " + objects.size() + " objects of the kind " + kind);
        }
        return objects.getFirst();
    }

    /** The pod of a deployment. */
    JsonNode pod(String file) throws IOException {
        return object(file, "Deployment").path("spec").path("template").path("spec");
    }

    /** The only container of the pod. */
    JsonNode container(String file) throws IOException {
        JsonNode containers = pod(file).path("containers");
        if (containers.size() != 1) {
            throw new AssertionError(file + " has " + containers.size() + " containers");
        }
        return containers.path(0);
    }

    /** The container's variables that have a plain value. */
    Map<String, String> plainVariables(String file) throws IOException {
        Map<String, String> variables = new LinkedHashMap<>();
        for (JsonNode variable : container(file).path("env")) {
            if (variable.has("value")) {
                variables.put(
                        variable.path("name").asString(), variable.path("value").asString());
            }
        }
        return variables;
    }

    /** The command that runs in the container before it is stopped. */
    List<String> preStop(String file) throws IOException {
        JsonNode command =
                container(file).path("lifecycle").path("preStop").path("exec").path("command");
        return StreamSupport.stream(command.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }
}
