package app;

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
final class RequestMetrics implements RequestObserver {

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

    private final Meters meters;
    private final Set<String> routes;
    private final Map<Call, Timer> times = new HashMap<>();
    private final Timer otherTimes;
    private final Map<Answer, Counter> answers = new ConcurrentHashMap<>();

    private record Call(String route, String method) {}

    private record Answer(Call call, int status) {}

    /** @param calls the described calls with their status codes; each combination has a series from the start */
    RequestMetrics(Meters meters, List<DescribedCall> calls) {
        this.meters = meters;
        this.routes = calls.stream().map(DescribedCall::route).collect(Collectors.toUnmodifiableSet());
        this.otherTimes = histogram(new Call(OTHER, OTHER));
        counter(new Answer(new Call(OTHER, OTHER), NOT_FOUND));
        for (DescribedCall described : calls) {
            Call call = new Call(described.route(), described.method());
            times.put(call, histogram(call));
            described.statuses().forEach(status -> counter(new Answer(call, status)));
            counter(new Answer(call, FAILED)); // not part of the document
        }
    }

    @Override
    public void answered(String method, String route, int status, long nanos) {
        Call call = new Call(routes.contains(route) ? route : OTHER, METHODS.contains(method) ? method : OTHER);
        counter(new Answer(call, status)).increment();
        times.getOrDefault(call, otherTimes).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Counter counter(Answer answer) {
        return answers.computeIfAbsent(
                answer,
                any -> meters.counter(
                        "http_requests_total",
                        "Requests over HTTP that were answered, by route, method and status.",
                        Meters.label("route", answer.call().route()),
                        Meters.label("method", answer.call().method()),
                        Meters.label("status", Integer.toString(answer.status()))));
    }

    private Timer histogram(Call call) {
        Tag[] labels = {Meters.label("route", call.route()), Meters.label("method", call.method())};
        return meters.histogram(
                "http_request_seconds", "From the head of a request to the end of its answer.", BOUNDS, labels);
    }
}
