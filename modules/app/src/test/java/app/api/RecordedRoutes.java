package app.api;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Routing rules that record what is registered. They fail on a kind of registration that they do not support. */
final class RecordedRoutes {

    private static final Set<String> METHODS =
            Set.of("get", "put", "post", "delete", "options", "head", "patch", "trace", "any");

    private final Map<String, Set<String>> methods = new TreeMap<>();

    private RecordedRoutes() {}

    /** The methods of each path; {@code ANY} stands for a handler of all other methods. */
    static Map<String, Set<String>> of(Consumer<HttpRules> routes) {
        RecordedRoutes recorded = new RecordedRoutes();
        routes.accept(recorded.rules(""));
        return recorded.methods;
    }

    private HttpRules rules(String prefix) {
        return (HttpRules) Proxy.newProxyInstance(
                HttpRules.class.getClassLoader(), new Class<?>[] {HttpRules.class}, (proxy, method, arguments) -> {
                    record(prefix, method, arguments);
                    return proxy;
                });
    }

    private void record(String prefix, Method method, Object[] arguments) {
        if (method.getName().equals("register")) {
            boolean withPath = arguments[0] instanceof String;
            String path = withPath ? prefix + arguments[0] : prefix;
            for (HttpService service : (HttpService[]) arguments[withPath ? 1 : 0]) {
                service.routing(rules(path));
            }
        } else if (method.getName().equals("route")
                && arguments[0] instanceof io.helidon.http.Method known
                && arguments[1] instanceof String path) {
            methods.computeIfAbsent(prefix + path, any -> new TreeSet<>()).add(known.text());
        } else if (METHODS.contains(method.getName()) && arguments[0] instanceof String path) {
            methods.computeIfAbsent(prefix + path, any -> new TreeSet<>())
                    .add(method.getName().toUpperCase(Locale.ROOT));
        } else {
            throw new AssertionError("this kind of route is not supported: " + method);
        }
    }
}
