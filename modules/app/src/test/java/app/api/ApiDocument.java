package app.api;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import http.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The OpenAPI document, in a form that responses can be checked against. Not thread-safe. */
final class ApiDocument {

    private static final List<String> METHODS =
            List.of("get", "put", "post", "delete", "options", "head", "patch", "trace");

    private final SchemaRegistry registry = SchemaRegistry.withDialect(
            Dialects.getDraft202012(),
            builder -> builder.schemaLoader(loader -> loader.fetchRemoteResources(false))
                    .schemaCacheEnabled(false));
    private final Map<JsonNode, Schema> compiled = new HashMap<>();
    private final JsonNode root;

    ApiDocument(String json) {
        this.root = Json.MAPPER.readTree(json);
    }

    /**
     * One method of one path.
     *
     * @param method the HTTP method, in upper case
     * @param path the path, with braces around its parameters
     */
    record Operation(String method, String path, JsonNode node, List<JsonNode> parameters) {

        @Override
        public String toString() {
            return method + " " + path;
        }

        /** The parameters of a place: {@code path}, {@code query} or {@code header}. */
        List<JsonNode> parametersIn(String place) {
            return parameters.stream()
                    .filter(parameter -> parameter.path("in").stringValue().equals(place))
                    .toList();
        }
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        root.path("paths").propertyStream().forEach(path -> {
            for (String method : METHODS) {
                JsonNode node = path.getValue().path(method);
                if (node.isObject()) {
                    List<JsonNode> parameters = new ArrayList<>();
                    path.getValue().path("parameters").forEach(parameter -> parameters.add(resolved(parameter)));
                    node.path("parameters").forEach(parameter -> parameters.add(resolved(parameter)));
                    operations.add(new Operation(
                            method.toUpperCase(Locale.ROOT), path.getKey(), node, List.copyOf(parameters)));
                }
            }
        });
        return operations;
    }

    /** The methods that each path supports, including those that the document defines for all paths. */
    Map<String, Set<String>> methods() {
        Map<String, Set<String>> methods = new TreeMap<>();
        for (Operation operation : operations()) {
            Set<String> known = methods.computeIfAbsent(operation.path(), path -> new TreeSet<>(Set.of("OPTIONS")));
            known.add(operation.method());
            if (operation.method().equals("GET")) {
                known.add("HEAD");
            }
        }
        return methods;
    }

    /** The target of a reference; the node itself if it is not a reference. */
    JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.isEmpty() ? node : root.at(JsonPointer.compile(reference.substring(1)));
    }

    JsonNode component(String kind, String name) {
        return root.path("components").path(kind).path(name);
    }

    /** The schema of an operation's request body; empty if it has no body. */
    Optional<JsonNode> bodySchema(Operation operation) {
        JsonNode body = operation.node().path("requestBody");
        return body.isObject()
                ? Optional.of(body.path("content").path("application/json").path("schema"))
                : Optional.empty();
    }

    /** Whether a value is valid by a schema of this document. */
    boolean fits(JsonNode schema, JsonNode value) {
        return errors(schema, value).isEmpty();
    }

    private String errors(JsonNode schema, JsonNode value) {
        List<com.networknt.schema.Error> errors =
                compiled.computeIfAbsent(schema, this::compile).validate(value);
        return errors.isEmpty() ? "" : errors.toString();
    }

    /** Compiles a schema together with the components, because its references start at the root of the document. */
    private Schema compile(JsonNode schema) {
        ObjectNode whole = schema.isBoolean() ? Json.MAPPER.createObjectNode() : ((ObjectNode) schema).deepCopy();
        whole.set("components", root.path("components"));
        Schema compiledSchema = registry.getSchema(whole);
        compiledSchema.initializeValidators();
        return compiledSchema;
    }

    /** What the document does not allow in a response; empty if it allows everything. */
    String complaint(Operation operation, RawHttp.Answer answer) {
        JsonNode response = resolved(operation.node().path("responses").path(Integer.toString(answer.status())));
        return response.isObject()
                ? complaint(response, answer)
                : "status " + answer.status() + " is not in the document";
    }

    /** Like {@link #complaint(Operation, RawHttp.Answer)}, for an error that belongs to no operation. */
    String complaintOfProblem(RawHttp.Answer answer) {
        return complaint(component("responses", "BadRequest"), answer);
    }

    private String complaint(JsonNode response, RawHttp.Answer answer) {
        StringBuilder complaint = new StringBuilder(headers(response, answer));
        JsonNode content = response.path("content");
        if (!content.isObject()) {
            return complaint + (answer.body().isEmpty() ? "" : "; has a body");
        }
        JsonNode schema = content.path(answer.contentType()).path("schema");
        if (schema.isMissingNode()) {
            return complaint + "; type " + answer.contentType() + " is not in the document";
        }
        if (answer.contentType().endsWith("json")) {
            JsonNode body = Json.MAPPER.readTree(answer.body());
            complaint.append(errors(schema, body));
            if (body.has("request_id")
                    && !body.path("request_id").stringValue().equals(answer.header("X-Request-Id"))) {
                complaint.append("; request_id differs from X-Request-Id");
            }
            if (body.has("detail") && body.path("status").intValue() != answer.status()) {
                complaint.append("; status differs");
            }
        }
        return complaint.toString();
    }

    private String headers(JsonNode response, RawHttp.Answer answer) {
        StringBuilder complaint = new StringBuilder();
        response.path("headers").propertyStream().forEach(header -> {
            JsonNode schema = resolved(header.getValue()).path("schema");
            String value = answer.header(header.getKey());
            if (!fits(schema, typed(schema, value))) {
                complaint
                        .append("; header ")
                        .append(header.getKey())
                        .append(" is \"")
                        .append(value)
                        .append('"');
            }
        });
        return complaint.toString();
    }

    /** Converts a text of a header, a path or a query to the type of its schema. */
    JsonNode typed(JsonNode schema, String text) {
        return resolved(schema).path("type").asString("").equals("integer") && text.matches("-?[0-9]{1,300}")
                ? Json.MAPPER.readTree(text.replaceFirst("^(-?)0+(?=[0-9])", "$1"))
                : Json.MAPPER.getNodeFactory().stringNode(text);
    }
}
