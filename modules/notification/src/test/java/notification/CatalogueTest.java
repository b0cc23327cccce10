package notification;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.junit.jupiter.api.Assertions.assertThrows;

import http.FieldError;
import http.Json;
import http.Problem;
import http.ProblemType;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import push.api.ClientEvent;
import push.api.Payload;

class CatalogueTest {

    private static final UUID ID = UUID.fromString("0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c");

    private static KindRules kind(String name) {
        return new KindRules(name, null, false, KindRules.ANY_SIZE);
    }

    private static Catalogue catalogue(boolean open, KindRules... kinds) {
        return new Catalogue(new CatalogueConfig(open, List.of(kinds)));
    }

    private static void check(Catalogue catalogue, String kind, @Nullable UUID session, String payload) {
        catalogue.check(
                new ClientEvent(ID, session, kind, Payload.ofJson(payload), "", "", ""),
                check -> check.apply(Json.MAPPER.readTree(payload)));
    }

    private static Problem refusal(Catalogue catalogue, String kind, String payload) {
        return assertThrows(Problem.class, () -> check(catalogue, kind, null, payload));
    }

    @Test
    void openCatalogueAcceptsUnknownKinds() {
        check(catalogue(true, kind("mail")), "chat", null, "{\"any\":1}");
    }

    @Test
    void closedCatalogueRefusesUnknownKindsAndNamesTheKnownOnes() {
        Problem problem = refusal(catalogue(false, kind("mail"), kind("call")), "chat", "{}");
        assertThat(problem.type(), is(Optional.of(ProblemType.UNKNOWN_KIND)));
        assertThat(
                problem.detail(),
                is("kind must be in the catalogue, but was \"chat\"; allowed kinds: \"call\", \"mail\""));
        assertThat(problem.errors(), contains(new FieldError("/kind", problem.detail())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mail", "mail ", "maiI"})
    void kindMustMatchExactly(String kind) {
        refusal(catalogue(false, kind("mail")), kind, "{}");
    }

    @Test
    void errorNamesAtMostTenKinds() {
        KindRules[] kinds =
                IntStream.range(0, 100).mapToObj(i -> kind("k".repeat(200) + i)).toArray(KindRules[]::new);
        String detail = refusal(catalogue(false, kinds), "chat", "{}").detail();
        assertThat(detail, endsWith(" and 90 more"));
        assertThat(detail.length(), lessThan(1100));
    }

    @Test
    void emptyClosedCatalogueAcceptsNothing() {
        assertThat(
                refusal(catalogue(false), "chat", "{}").detail(),
                is("kind must be in the catalogue, but was \"chat\"; the catalogue is empty"));
    }

    @Test
    void sessionIsRequiredIfItsKindSaysSo() {
        Catalogue catalogue = catalogue(true, new KindRules("code", null, true, KindRules.ANY_SIZE));
        check(catalogue, "code", ID, "{}");
        Problem problem = refusal(catalogue, "code", "{}");
        assertThat(problem.type(), is(Optional.of(ProblemType.PAYLOAD_DOES_NOT_FIT)));
        assertThat(problem.detail(), is("device_session_id is required for kind \"code\""));
        assertThat(problem.errors(), contains(new FieldError("/device_session_id", problem.detail())));
    }

    @Test
    void payloadSizeIsLimitedByItsKind() {
        Catalogue catalogue = catalogue(true, new KindRules("mail", null, false, 9));
        check(catalogue, "mail", null, "{\"a\":\"é\"}".replace("é", "b"));
        Problem problem = refusal(catalogue, "mail", "{\"a\":\"é\"}");
        assertThat(problem.detail(), is("payload must have at most 9 bytes for kind \"mail\", and had 10"));
        assertThat(problem.errors().getFirst().field(), is("/payload"));
    }

    @Test
    void payloadMustFitItsSchemaEvenInAnOpenCatalogue() {
        PayloadSchema schema =
                PayloadSchema.of("{\"properties\":{\"a\":{\"type\":\"null\"},\"b\":{\"type\":\"null\"}}}");
        Catalogue catalogue = catalogue(true, new KindRules("mail", schema, false, KindRules.ANY_SIZE));
        check(catalogue, "mail", null, "{\"a\":null}");
        check(catalogue, "chat", null, "{\"a\":1}");
        Problem problem = refusal(catalogue, "mail", "{\"a\":1,\"b\":2}");
        assertThat(problem.status().code(), is(422));
        assertThat(
                problem.detail(), is("payload does not fit kind \"mail\": /payload/a: integer found, null expected"));
        assertThat(
                problem.errors(),
                contains(
                        new FieldError("/payload/a", "integer found, null expected"),
                        new FieldError("/payload/b", "integer found, null expected")));
    }
}
