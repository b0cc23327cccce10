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
 * What a kind's payload must be like: a JSON Schema of draft 2020-12, compiled. {@code format} is a remark
 * and no rule, as the draft has it. Safe for any number of threads.
 */
public final class PayloadSchema {

    private static final System.Logger LOG = System.getLogger(PayloadSchema.class.getName());
    private static final List<FieldError> TOO_LONG =
            List.of(new FieldError("/payload", "takes too long to be held against the schema"));
    private static final String DRAFTS = "https://json-schema.org/draft/2020-12/";
    static final int MAX_ERRORS = 10;

    /** For each validation, a schema or a keyword held against a value being one: some 500 ms of CPU. */
    private static final long MAX_STEPS = 1_500_000;

    private static final int MAX_LENGTH = 200;

    /** A validator works with a schema's numbers at each payload; the hub takes no larger ones from callers either. */
    private static final int MAX_DIGITS = 100;

    private static final int MAX_EXPONENT = 400;

    /** In the schema itself, or in one of the draft's own that it refers to. */
    private static final Pattern UNIQUE_ITEMS = Pattern.compile("uniqueItems|ref\"\\s*:\\s*\"" + DRAFTS);

    /** Whatever a schema refers to stands in itself, or is one of the draft's own, which the library brings along. */
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDialect(
            Dialects.getDraft202012(),
            registry -> registry.schemaLoader(loader -> loader.fetchRemoteResources(false)
                            .allow(iri -> iri.toString().startsWith(DRAFTS)))
                    .schemaCacheEnabled(false) // two kinds may have schemas of the same $id
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
     * @param json its text
     * @throws IllegalArgumentException if it is not a schema of draft 2020-12, refers to what is not in it, or has a
     *     number with too many digits or too large an exponent; the message says why
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
            schema.initializeValidators(); // whatever it refers to is looked for now, and not at the first payload
            List<Error> _ = schema.validate(Json.MAPPER.createObjectNode());
            return new PayloadSchema(schema, UNIQUE_ITEMS.matcher(json).find());
        } catch (SchemaException e) {
            throw new IllegalArgumentException(
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
        } catch (StackOverflowError e) {
            throw new IllegalArgumentException("it refers to itself without end", e);
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
     * What is wrong with a payload, the first {@value #MAX_ERRORS} things; empty when it fits. A payload that can't be held
     * against the schema, because that takes too long or the validator fails, does not fit.
     */
    List<FieldError> errors(JsonNode payload) {
        if (hasUniqueItems && HashCollisions.areIn(payload)) {
            return TOO_LONG;
        }
        try {
            return found(payload);
        } catch (ValidationLimitExceededException e) {
            return TOO_LONG;
        } catch (RuntimeException | StackOverflowError | LinkageError | AssertionError e) {
            LOG.log(DEBUG, "a schema's validator failed", e);
            return List.of(new FieldError("/payload", "can't be held against the schema"));
        }
    }

    private List<FieldError> found(JsonNode payload) {
        FirstErrors errors = new FirstErrors(BOUNDED);
        BoundedPattern.Looks looks = new BoundedPattern.Looks();
        try {
            BoundedPattern.within(looks, () -> schema.validate(errors, payload));
        } catch (FirstErrors.Enough e) {
            // The rest is of no interest.
        }
        return looks.hasFailed() ? TOO_LONG : described(errors.first()); // the validator makes the texts only now
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
