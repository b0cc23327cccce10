package app.health;

import http.Json;
import http.Route;
import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The liveness and readiness of the process, in Helidon's JSON format for health checks. */
public final class HealthRoutes implements HttpService {

    private static final HealthCheck PROCESS = new ProcessLiveness();

    private final List<HealthCheck> readiness;

    /** @param readiness the checks that must all be up for the hub to be ready */
    public HealthRoutes(List<HealthCheck> readiness) {
        this.readiness = readiness;
    }

    /** Always up: a process that responds is alive. */
    private record ProcessLiveness() implements HealthCheck {

        @Override
        public String name() {
            return "process";
        }

        @Override
        public HealthCheckResponse call() {
            return HealthCheckResponse.builder().status(true).build();
        }
    }

    @Override
    public void routing(HttpRules rules) {
        Route.at("/ready").get(answer(readiness)).addTo(rules);
        Route.at("/live").get(answer(List.of(PROCESS))).addTo(rules);
    }

    private static Handler answer(List<HealthCheck> checks) {
        return (request, response) -> {
            List<Result> results = checks.stream().map(Result::of).toList();
            boolean up = results.stream().allMatch(Result::up);
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("status", word(up));
            json.put("checks", results.stream().map(Result::json).toList());
            response.header(HeaderValues.CACHE_NO_CACHE);
            Json.send(request, response, up ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503, json);
        };
    }

    private static String word(boolean up) {
        return up ? "UP" : "DOWN";
    }

    private record Result(String name, boolean up) {

        static Result of(HealthCheck check) {
            return new Result(check.name(), check.call().status() == HealthCheckResponse.Status.UP);
        }

        Map<String, String> json() {
            Map<String, String> json = new LinkedHashMap<>();
            json.put("name", name);
            json.put("status", word(up));
            return json;
        }
    }
}
