package conformance.soak;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class VerdictTest {

    @Test
    void namesTheBrokenPromiseTheFindingAndTheSeed() {
        Scene scene = new Scene();
        scene.subscriber(Profile.v1("v1", 1)).connected(0).got(2, 1);
        AssertionError verdict = assertThrows(AssertionError.class, () -> Verdict.of(scene.run()));
        assertThat(
                verdict.getMessage(),
                allOf(
                        containsString("-Dsoak.seed=42"),
                        containsString("Ordered 1 times:\n    v1-0 received 1 after 2 on one connection")));
    }
}
