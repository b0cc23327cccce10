package access;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionTest {

    /** A caller whose attributes no decision may depend on. */
    private static final Caller UNREADABLE = new Caller() {
        @Override
        public String peer() {
            throw new AssertionError("the policy read an attribute of the caller");
        }

        @Override
        public String method() {
            throw new AssertionError("the policy read an attribute of the caller");
        }

        @Override
        public String path() {
            throw new AssertionError("the policy read an attribute of the caller");
        }

        @Override
        public List<String> header(String name) {
            throw new AssertionError("the policy read an attribute of the caller");
        }
    };

    @Test
    void accessForEverybodyDoesNotDependOnTheCall() {
        assertThat(Access.everybody().decide(UNREADABLE), is(new Decision.Allowed("anonymous")));
    }

    @Test
    void theDefaultChallengeAsksForABearerToken() {
        assertThat(new Decision.Unauthenticated("a token is required").challenge(), is("Bearer"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer",
                "Bearer realm=\"push\", error=\"invalid_token\"",
                "Negotiate a87421000492aa874209af8bc028=="
            })
    void aValidChallengeIsNotChanged(String challenge) {
        assertThat(new Decision.Unauthenticated("a token is required", challenge).challenge(), is(challenge));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                " Bearer",
                "Bearer ",
                "Bearer\r\nSet-Cookie: a=b",
                "Bearer realm=\"b\u00f6b\"",
                "Bearer\t"
            })
    void aChallengeThatIsNotAHeaderValueIsRejected(String challenge) {
        var e = assertThrows(
                IllegalArgumentException.class, () -> new Decision.Unauthenticated("a token is required", challenge));
        assertThat(e.getMessage(), containsString("challenge must be printable ASCII"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n"})
    void aDecisionWithoutATextIsRejected(String blank) {
        assertThrows(IllegalArgumentException.class, () -> new Decision.Allowed(blank));
        assertThrows(IllegalArgumentException.class, () -> new Decision.Unauthenticated(blank));
        assertThrows(IllegalArgumentException.class, () -> new Decision.Denied(blank));
    }

    @Test
    void aTextHasALargestLength() {
        String longest = "x".repeat(Decision.MAX_LENGTH);
        assertThat(new Decision.Denied(longest).detail(), is(longest));
        assertThat(new Decision.Unauthenticated(longest, longest).challenge(), is(longest));
        var e = assertThrows(IllegalArgumentException.class, () -> new Decision.Denied(longest + "x"));
        assertThat(e.getMessage(), is("detail must have at most 1000 characters, but had 1001"));
        assertThrows(IllegalArgumentException.class, () -> new Decision.Unauthenticated(longest, longest + "x"));
        assertThrows(IllegalArgumentException.class, () -> new Decision.Allowed(longest + "x"));
    }
}
