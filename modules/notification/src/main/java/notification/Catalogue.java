package notification;

import http.FieldError;
import http.Problem;
import http.ProblemType;
import http.Quoted;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import push.api.ClientEvent;
import tools.jackson.databind.JsonNode;

/** Checks notifications against the rules of their kind. */
final class Catalogue {

    /** How many kinds the error for an unknown kind lists. */
    private static final int MAX_NAMED = 10;

    /** The tree of a payload, which is made only for a check. */
    @FunctionalInterface
    interface PayloadTree {

        /** Applies a check to the tree, and returns its errors. The tree is discarded afterwards. */
        List<FieldError> check(Function<JsonNode, List<FieldError>> check);
    }

    private final boolean open;
    private final Map<String, KindRules> byName;

    Catalogue(CatalogueConfig config) {
        this.open = config.open();
        this.byName = config.kinds().stream()
                .collect(Collectors.toMap(KindRules::name, rules -> rules, (a, b) -> a, TreeMap::new));
    }

    /**
     * Checks an event against the rules of its kind.
     *
     * @param payload the event's payload; its tree is made only if the kind has a schema
     * @throws Problem 422 when the event violates the rules, or its kind is unknown and the catalogue is closed
     */
    void check(ClientEvent event, PayloadTree payload) {
        KindRules rules = byName.get(event.kind());
        if (rules != null) {
            checkSession(rules, event);
            checkSize(rules, event.payload().size());
            checkSchema(rules, payload);
        } else if (!open) {
            throw unknown(event.kind());
        }
    }

    private static void checkSession(KindRules rules, ClientEvent event) {
        if (rules.sessionRequired() && event.session().isEmpty()) {
            throw violation("/device_session_id", "device_session_id is required for kind " + Quoted.of(rules.name()));
        }
    }

    private static void checkSize(KindRules rules, int size) {
        if (size > rules.maxPayloadBytes()) {
            throw violation(
                    "/payload",
                    "payload must have at most " + rules.maxPayloadBytes() + " bytes for kind "
                            + Quoted.of(rules.name()) + ", and had " + size);
        }
    }

    private static Problem violation(String field, String detail) {
        return new Problem(ProblemType.PAYLOAD_DOES_NOT_FIT, detail, new FieldError(field, detail));
    }

    private static void checkSchema(KindRules rules, PayloadTree payload) {
        PayloadSchema schema = rules.schema();
        List<FieldError> errors = schema == null ? List.of() : payload.check(schema::errors);
        if (!errors.isEmpty()) {
            FieldError first = errors.getFirst();
            throw new Problem(
                    ProblemType.PAYLOAD_DOES_NOT_FIT,
                    "payload does not fit kind " + Quoted.of(rules.name()) + ": " + first.field() + ": "
                            + first.detail(),
                    errors.toArray(FieldError[]::new));
        }
    }

    private Problem unknown(String kind) {
        String allowed = byName.isEmpty()
                ? "the catalogue is empty"
                : "allowed kinds: "
                        + byName.keySet().stream()
                                .limit(MAX_NAMED)
                                .map(Quoted::of)
                                .collect(Collectors.joining(", "))
                        + (byName.size() > MAX_NAMED ? " and " + (byName.size() - MAX_NAMED) + " more" : "");
        String detail = "kind must be in the catalogue, but was " + Quoted.of(kind) + "; " + allowed;
        return new Problem(ProblemType.UNKNOWN_KIND, detail, new FieldError("/kind", detail));
    }
}
