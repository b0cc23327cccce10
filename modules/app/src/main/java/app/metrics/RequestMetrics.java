package app.metrics;

import http.RequestObserver;
import io.helidon.metrics.api.Counter;
import io.helidon.metrics.api.Tag;
import io.helidon.metrics.api.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Counts requests by route, method and status, and measures their duration by route and method. The values of the route
 * and method labels are the routes of the OpenAPI document and a fixed set of methods; any other route or method is
 * {@code other}. A client can therefore not create series.
 */
public final class RequestMetrics implements RequestObserver {

    private static final Duration[] BOUNDS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofMillis(2500),
        Duration.ofSeconds(10)
    };

    private static final String OTHER = "other";
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");
    private static final int NOT_FOUND = 404;
    private static final int FAILED = 500;

    /** The statuses with which a request fails the access check: refused, or the check itself failed. */
    private static final List<Integer> ACCESS_REFUSALS = List.of(401, 403, FAILED);

    private final Meters meters;
    private final Set<String> routes;
    private final Map<Call, Timer> times = new HashMap<>();
    private final Timer otherTimes;
    private final Map<Response, Counter> responses = new ConcurrentHashMap<>();

    private record Call(String route, String method) {}

    private record Response(Call call, int status) {}

    /** @param openApi the OpenAPI document; each status of each operation in it has a series from the start */
    public RequestMetrics(Meters meters, String openApi) {
        List<OpenApiOperation> operations = OpenApiOperation.allIn(openApi);
        this.meters = meters;
        this.routes = operations.stream().map(OpenApiOperation::route).collect(Collectors.toUnmodifiableSet());
        this.otherTimes = histogram(new Call(OTHER, OTHER));
        counter(new Response(new Call(OTHER, OTHER), NOT_FOUND));
        addRefusals(OTHER);
        METHODS.forEach(this::addRefusals);
        for (OpenApiOperation operation : operations) {
            Call call = new Call(operation.route(), operation.method());
            times.put(call, histogram(call));
            operation.statuses().forEach(status -> counter(new Response(call, status)));
            counter(new Response(call, FAILED)); // not part of the document
        }
    }

    private void addRefusals(String method) {
        ACCESS_REFUSALS.forEach(status -> counter(new Response(new Call(OTHER, method), status)));
    }

    @Override
    public void answered(String method, String route, int status, long nanos) {
        Call call = new Call(routes.contains(route) ? route : OTHER, METHODS.contains(method) ? method : OTHER);
        counter(new Response(call, status)).increment();
        times.getOrDefault(call, otherTimes).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Counter counter(Response response) {
        return responses.computeIfAbsent(
                response,
                any -> meters.counter(
                        "http_requests_total",
                        "Answered HTTP requests, by route, method and status.",
                        Meters.label("route", response.call().route()),
                        Meters.label("method", response.call().method()),
                        Meters.label("status", Integer.toString(response.status()))));
    }

    private Timer histogram(Call call) {
        Tag[] labels = {Meters.label("route", call.route()), Meters.label("method", call.method())};
        return meters.histogram(
                "http_request_seconds",
                "The time from the head of a request to the end of its response.",
                BOUNDS,
                labels);
    }
}
