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
 * One path with all of its methods. It knows {@code HEAD} where it knows {@code GET}, answers {@code OPTIONS} with those
 * that it knows, and any other method with a 405.
 */
public final class Route {

    private final String path;
    private final Map<Method, Handler> handlers = new LinkedHashMap<>();

    private Route(String path) {
        this.path = path;
    }

    /** A path, in the form that Helidon has for them. */
    public static Route at(String path) {
        return new Route(path);
    }

    /** Serves {@code GET}, and {@code HEAD}: the handler answers with {@link Json} or {@link Bodies}. */
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

    /** Registers what was said. */
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
            throw new Problem(ProblemType.METHOD_NOT_ALLOWED, "this path knows " + allow);
        };
    }
}
