package http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.helidon.http.Status;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UuidsTest {

    private static final UUID ID = UUID.fromString("0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c");

    @Test
    void fullFormIsReadInEitherCase() {
        assertThat(Uuids.parse("/id", "id", ID.toString()), is(ID));
        assertThat(Uuids.parse("/id", "id", ID.toString().toUpperCase(Locale.ROOT)), is(ID));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1-1-1-1-1",
                "00000000-0000-0000-0000-000000000000",
                "0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6",
                "0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c0",
                "0b7c5e0a9f3d4c1e8a2b1d2e3f4a5b6c",
                "{0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c}",
                " 0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c",
                "0b7c5e0a-9f3d-4c1e-8a2b-1d2e3f4a5b6c\n",
                "0b7c5e0g-9f3d-4c1e-8a2b-1d2e3f4a5b6c",
                "0b7c5e0٣-9f3d-4c1e-8a2b-1d2e3f4a5b6c"
            })
    void otherFormsAndNilAreRefusedWithTheFieldsName(String text) {
        Problem problem = assertThrows(Problem.class, () -> Uuids.parse("/some_id", "some_id", text));
        assertThat(problem.status(), is(Status.BAD_REQUEST_400));
        assertThat(problem.detail(), startsWith("some_id must be a UUID other than nil, but was "));
        assertThat(problem.errors(), contains(new FieldError("/some_id", problem.detail())));
    }

    @Test
    void problemQuotesTheBeginningOfALongText() {
        Problem problem = assertThrows(Problem.class, () -> Uuids.parse("/id", "id", "x".repeat(10_000)));
        assertThat(problem.detail(), containsString("\"xxx"));
        assertThat(problem.detail().length(), lessThan(200));
    }
}
