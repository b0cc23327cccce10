package http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;

/**
 * One path with all of its methods. A route that serves {@code GET} also serves {@code HEAD}. It answers
 * {@code OPTIONS} with the list of its methods, and any other method with a 405.
 */
public final class Route {

    private final String path;
    private final Map<Method, Handler> handlers = new LinkedHashMap<>();

    private Route(String path) {
        this.path = path;
    }

    /** A path, in Helidon's syntax. */
    public static Route at(String path) {
        return new Route(path);
    }

    /** Serves {@code GET} and {@code HEAD}. The handler must send its response with {@link Json} or {@link Bodies}. */
    public Route get(Handler handler) {
        handlers.put(Method.GET, handler);
        handlers.put(Method.HEAD, handler);
        return this;
    }

    /** Serves {@code POST}. */
    public Route post(Handler handler) {
        handlers.put(Method.POST, handler);
        return this;
    }

    /** Serves {@code DELETE}. */
    public Route delete(Handler handler) {
        handlers.put(Method.DELETE, handler);
        return this;
    }

    /** Adds the route to the rules. */
    public void addTo(HttpRules rules) {
        StringJoiner names = new StringJoiner(", ");
        handlers.keySet().forEach(method -> names.add(method.text()));
        String allow = names.add(Method.OPTIONS.text()).toString();
        handlers.forEach((method, handler) -> rules.route(method, path, handler));
        rules.options(path, options(allow)).any(path, methodNotAllowed(allow));
    }

    private static Handler options(String allow) {
        return (request, response) -> response.status(Status.NO_CONTENT_204)
                .header(HeaderNames.ALLOW, allow)
                .send();
    }

    private static Handler methodNotAllowed(String allow) {
        return (request, response) -> {
            response.header(HeaderNames.ALLOW, allow);
            throw new Problem(ProblemType.METHOD_NOT_ALLOWED, "this path supports " + allow);
        };
    }
}
