package http;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.emptyArray;
import static org.hamcrest.Matchers.is;

import io.helidon.http.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void eachKindHasItsStatus() {
        assertThat(Problem.badRequest("x").status(), is(Status.BAD_REQUEST_400));
        assertThat(Problem.notFound("x").status(), is(Status.NOT_FOUND_404));
        assertThat(Problem.stopped().status(), is(Status.SERVICE_UNAVAILABLE_503));
    }

    @Test
    void detailIsTheMessage() {
        assertThat(Problem.badRequest("kind is required").detail(), is("kind is required"));
        assertThat(Problem.stopped().detail(), is("push service stopped"));
    }

    @Test
    void onlyTemporaryProblemsHaveRetryAfter() {
        assertThat(Problem.stopped().retryAfter(), is(Optional.of(Duration.ofSeconds(1))));
        assertThat(Problem.overloaded().retryAfter(), is(Optional.of(Duration.ofSeconds(1))));
        assertThat(Problem.badRequest("x").retryAfter(), is(Optional.empty()));
    }

    @Test
    void typeDefaultsToThatOfTheStatus() {
        assertThat(new Problem(Status.NOT_FOUND_404, "x").members().get("type"), is("/problems/not-found"));
        assertThat(new Problem(Status.SERVICE_UNAVAILABLE_503, "x").members().get("type"), is("/problems/overloaded"));
        assertThat(new Problem(Status.CONFLICT_409, "x").members().get("type"), is("about:blank"));
        assertThat(new Problem(Status.CONFLICT_409, "x").members().get("title"), is("Conflict"));
        assertThat(new Problem(Status.create(422), "x").type(), is(Optional.empty())); // there are several
    }

    @Test
    void invalidPartsAreListed() {
        FieldError error = new FieldError("/kind", "kind is required");
        assertThat(Problem.invalidField("/kind", "kind is required").errors(), contains(error));
        assertThat(
                Problem.invalidField("/kind", "kind is required").members().get("errors"),
                is(List.of(error.members())));
        assertThat(Problem.badRequest("x").members().containsKey("errors"), is(false));
    }

    @Test
    void carriesNoStackTrace() {
        assertThat(Problem.notFound("x").getStackTrace(), is(emptyArray()));
    }
}
