package http;

import io.helidon.webserver.http.ServerRequest;
import java.util.UUID;

/** A request's parameters. Every reader throws a {@link Problem} that names its parameter. */
public final class Parameters {

    private Parameters() {}

    /** A UUID in the path. */
    public static UUID pathUuid(ServerRequest request, String name) {
        return Uuids.parse(name, request.path().pathParameters().get(name));
    }

    /** A text in the query; empty when it is absent. */
    public static String queryText(ServerRequest request, String name, int maxLength) {
        String text = request.query().first(name).orElse("");
        if (text.length() > maxLength) {
            throw Problem.badRequest(
                    name + " must have at most " + maxLength + " characters, and had " + text.length());
        }
        return text;
    }
}
