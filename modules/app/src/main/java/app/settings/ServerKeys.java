package app.settings;

import http.Json;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The valid keys below {@code server}: the keys that Helidon's modules describe in their configuration metadata, and
 * the hub's own.
 */
final class ServerKeys {

    /** The path of the metadata in each of Helidon's configurable modules. */
    private static final String METADATA = "META-INF/helidon/config-metadata.json";

    private static final String SECTION = "server";
    private static final String WEB_SERVER = WebServer.class.getName();

    /** The keys that Helidon reads for every service that the service loader finds. */
    private static final List<String> OF_SERVICES = List.of("enabled", "name", "type");

    private static final String SECRET = "passphrase";

    private final Map<String, JsonNode> types = new HashMap<>();
    private final Set<String> keys = new HashSet<>();

    private ServerKeys() {}

    /** Reads the metadata of all modules of this process. */
    static KnownKeys read() {
        ServerKeys server = new ServerKeys();
        server.readMetadata();
        server.addType(WEB_SERVER, SECTION, new HashSet<>());
        server.keys.add(SECTION + ".hosts");
        server.keys.add(SECTION + ".hosts." + KnownKeys.NUMBER);
        return new KnownKeys(server.keys);
    }

    private void readMetadata() {
        try {
            // Files in META-INF are in no package, so the class loader finds them in every module.
            for (URL file : Collections.list(ServerKeys.class.getClassLoader().getResources(METADATA))) {
                try (InputStream in = file.openStream()) {
                    Json.read(in.readAllBytes())
                            .forEach(module ->
                                    elements(module, "types").forEach(type -> types.put(text(type, "type"), type)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read Helidon's configuration metadata", e);
        }
        if (!types.containsKey(WEB_SERVER)) {
            throw new IllegalStateException("Helidon's configuration metadata does not describe its web server");
        }
    }

    private static Stream<JsonNode> elements(JsonNode node, String name) {
        return node.path(name).valueStream();
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }

    /** @param open the types that contain this one; a type may contain itself */
    private void addType(String type, String prefix, Set<String> open) {
        if (!open.add(type)) {
            keys.add(prefix + "." + KnownKeys.REST);
            return;
        }
        eachOption(type, option -> addOption(option, prefix, open));
        open.remove(type);
    }

    private void eachOption(String type, Consumer<JsonNode> action) {
        JsonNode description = types.get(type);
        if (description != null) {
            elements(description, "options").forEach(action);
            elements(description, "inherits").forEach(parent -> eachOption(parent.asString(), action));
        }
    }

    private void addOption(JsonNode option, String prefix, Set<String> open) {
        String key = prefix + "." + text(option, "key");
        String type = text(option, "type");
        for (String place : places(key, text(option, "kind"))) {
            if (option.path("provider").asBoolean(false)) {
                addServices(type, place, open);
            } else if (types.containsKey(type)) {
                addType(type, place, open);
            } else {
                addValue(option, type, place);
            }
        }
    }

    /** The keys of an option's values. A list with a single element may also be written as that element. */
    private static List<String> places(String key, String kind) {
        return switch (kind) {
            case "LIST" -> List.of(key, key + "." + KnownKeys.NUMBER);
            case "MAP" -> List.of(key + "." + KnownKeys.NAME);
            default -> List.of(key);
        };
    }

    private void addValue(JsonNode option, String type, String key) {
        keys.add(key);
        if (key.endsWith("." + SECRET)) {
            keys.add(key + PassphraseFiles.SUFFIX);
        }
        boolean isSingle = type.isEmpty() || type.startsWith("java.") || option.has("allowedValues");
        if (!isSingle) { // the metadata does not describe the type
            keys.add(key + "." + KnownKeys.REST);
        }
    }

    /** Adds the keys of services. A service is selected with its own key, or with {@code type}. */
    private void addServices(String contract, String key, Set<String> open) {
        List<JsonNode> services = new ArrayList<>();
        for (JsonNode type : types.values()) {
            if (elements(type, "provides")
                    .anyMatch(provided -> provided.asString().equals(contract))) {
                services.add(type);
            }
        }
        if (services.isEmpty()) {
            keys.add(key + "." + KnownKeys.REST);
        }
        for (JsonNode service : services) {
            for (String place : List.of(key, key + "." + text(service, "prefix"))) {
                addType(text(service, "type"), place, open);
                OF_SERVICES.forEach(name -> keys.add(place + "." + name));
            }
        }
    }
}
