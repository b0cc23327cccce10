package idempotency;

import http.Problem;
import http.Quoted;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The header {@code Idempotency-Key}: 1 to 256 printable ASCII characters, not blank. */
public final class KeyHeader {

    private static final HeaderName NAME = HeaderNames.create("Idempotency-Key");
    private static final int MAX_LENGTH = 256;
    private static final Pattern PRINTABLE = Pattern.compile("[ -~]+");

    private KeyHeader() {}

    /**
     * Returns the key of a request; empty when it has none.
     *
     * @throws Problem 400 when the request has more than one key, or an invalid one
     */
    public static Optional<String> of(ServerRequest request) {
        List<String> keys = request.headers().all(NAME, List::of);
        if (keys.size() > 1) {
            throw invalid("must be present once, but was present " + keys.size() + " times");
        }
        keys.forEach(KeyHeader::require);
        return keys.stream().findFirst();
    }

    private static void require(String key) {
        if (key.isBlank() || key.length() > MAX_LENGTH) {
            throw invalid("must be 1 to " + MAX_LENGTH + " characters, and had " + key.length());
        }
        if (!PRINTABLE.matcher(key).matches()) { // a reader that decodes the bytes differently has another key
            throw invalid("must be printable ASCII, but was " + Quoted.of(key));
        }
    }

    private static Problem invalid(String what) {
        return Problem.invalidField(NAME.defaultCase(), NAME.defaultCase() + " " + what);
    }
}
