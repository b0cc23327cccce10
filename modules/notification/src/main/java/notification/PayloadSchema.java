package notification;

import static java.lang.System.Logger.Level.DEBUG;

import com.networknt.schema.Error;
import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaException;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.ValidationLimitExceededException;
import com.networknt.schema.dialect.Dialects;
import http.FieldError;
import http.Json;
import http.Quoted;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * The schema of a kind's payload: a compiled JSON Schema of draft 2020-12. As the draft says, {@code format} is an
 * annotation and is not checked. Safe for any number of threads.
 */
public final class PayloadSchema {

    private static final System.Logger LOG = System.getLogger(PayloadSchema.class.getName());
    private static final List<FieldError> TOO_LONG =
            List.of(new FieldError("/payload", "validation against the schema takes too long"));
    private static final String DRAFTS = "https://json-schema.org/draft/2020-12/";
    static final int MAX_ERRORS = 10;

    /**
     * The maximum number of steps of a validation, about 500 ms of CPU time. A step applies a schema or a keyword to a
     * value.
     */
    private static final long MAX_STEPS = 1_500_000;

    private static final int MAX_LENGTH = 200;

    /**
     * The limits of a schema's numbers, because a validator computes with them for each payload. The hub accepts no
     * larger numbers from callers either.
     */
    private static final int MAX_DIGITS = 100;

    private static final int MAX_EXPONENT = 400;

    /** Finds {@code uniqueItems} in the schema itself, or a reference to a schema of the draft, which uses it. */
    private static final Pattern UNIQUE_ITEMS = Pattern.compile("uniqueItems|ref\"\\s*:\\s*\"" + DRAFTS);

    /** Accepts only references into the schema itself, or to the draft's own schemas, which the library contains. */
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDialect(
            Dialects.getDraft202012(),
            registry -> registry.schemaLoader(loader -> loader.fetchRemoteResources(false)
                            .allow(iri -> iri.toString().startsWith(DRAFTS)))
                    .schemaCacheEnabled(false) // two kinds may have schemas with the same $id
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .locale(Locale.ROOT)
                            .regularExpressionFactory(BoundedPattern::new)
                            .build()));

    private static final ExecutionConfig BOUNDED = ExecutionConfig.builder()
            .locale(Locale.ROOT)
            .maxEvaluationSteps(MAX_STEPS)
            .build();

    private static final Schema OF_SCHEMAS = REGISTRY.getSchema(SchemaLocation.of(DRAFTS + "schema"));

    private final Schema schema;
    private final boolean hasUniqueItems;

    private PayloadSchema(Schema schema, boolean hasUniqueItems) {
        this.schema = schema;
        this.hasUniqueItems = hasUniqueItems;
    }

    /**
     * Compiles a schema.
     *
     * @param json the text of the schema
     * @throws IllegalArgumentException when the text is not a schema of draft 2020-12, refers to something outside
     *     itself, or has a number with too many digits or too large an exponent; the message gives the reason
     */
    public static PayloadSchema of(String json) {
        JsonNode node = Json.read(json.getBytes(StandardCharsets.UTF_8));
        refuseHugeNumbers(node);
        List<Error> errors = OF_SCHEMAS.validate(node);
        if (!errors.isEmpty()) {
            throw new IllegalArgumentException("at \"" + errors.getFirst().getInstanceLocation() + "\": "
                    + errors.getFirst().getMessage());
        }
        try {
            Schema schema = REGISTRY.getSchema(node);
            schema.initializeValidators(); // resolves references now, not at the first payload
            List<Error> _ = schema.validate(Json.MAPPER.createObjectNode());
            return new PayloadSchema(schema, UNIQUE_ITEMS.matcher(json).find());
        } catch (SchemaException e) {
            throw new IllegalArgumentException(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("the schema refers to itself endlessly", e);
        }
    }

    private static void refuseHugeNumbers(JsonNode node) {
        if (node.isNumber() && isHuge(node.decimalValue())) {
            throw new IllegalArgumentException("a number must have at most " + MAX_DIGITS
                    + " digits, and an exponent from -" + MAX_EXPONENT + " to " + MAX_EXPONENT);
        }
        node.forEach(PayloadSchema::refuseHugeNumbers);
    }

    private static boolean isHuge(BigDecimal number) {
        return number.precision() > MAX_DIGITS || Math.abs((long) number.scale()) > MAX_EXPONENT + MAX_DIGITS;
    }

    /**
     * Returns the first {@value #MAX_ERRORS} errors in a payload; empty when it fits. A payload does not fit either
     * when it cannot be checked, because that takes too long or the validator fails.
     */
    List<FieldError> errors(JsonNode payload) {
        if (hasUniqueItems && HashCollisions.tooManyIn(payload)) {
            return TOO_LONG;
        }
        try {
            return found(payload);
        } catch (ValidationLimitExceededException e) {
            return TOO_LONG;
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            LOG.log(DEBUG, "a schema's validator failed", e);
            return List.of(new FieldError("/payload", "cannot be validated against the schema"));
        }
    }

    private List<FieldError> found(JsonNode payload) {
        FirstErrors errors = new FirstErrors(BOUNDED);
        BoundedPattern.ReadBudget budget = new BoundedPattern.ReadBudget();
        try {
            BoundedPattern.within(budget, () -> schema.validate(errors, payload));
        } catch (FirstErrors.LimitReached e) {
            // The first errors are enough.
        }
        return budget.hasFailed() ? TOO_LONG : described(errors.first()); // the validator creates the texts only now
    }

    private static List<FieldError> described(List<Error> errors) {
        return errors.stream()
                .map(error -> new FieldError(
                        Quoted.cut("/payload" + error.getInstanceLocation(), MAX_LENGTH),
                        Quoted.cut(error.getMessage(), MAX_LENGTH)))
                .distinct()
                .toList();
    }
}
