package console;

import http.Json;
import http.Route;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import push.engine.Hub;
import push.engine.HubStatus;
import push.engine.SubscriptionStatus;

/** The HTTP calls that show the state of the hub, below {@code /api/v1/push}. */
public final class StatusRoutes implements HttpService {

    private final Hub hub;

    /** Shows the state of the given hub. */
    public StatusRoutes(Hub hub) {
        this.hub = hub;
    }

    @Override
    public void routing(HttpRules rules) {
        Route.at("/status").get(this::status).addTo(rules);
        Route.at("/subscribers").get(this::subscribers).addTo(rules);
    }

    private void status(ServerRequest request, ServerResponse response) {
        Json.send(request, response, Status.OK_200, json(hub.status()));
    }

    private void subscribers(ServerRequest request, ServerResponse response) {
        Json.send(
                request,
                response,
                Status.OK_200,
                hub.subscriptions().stream()
                        .sorted(Comparator.comparing(SubscriptionStatus::gatewayClientId))
                        .map(StatusRoutes::json)
                        .toList());
    }

    private static Map<String, Object> json(HubStatus status) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("epoch", status.epoch());
        json.put("head", status.head().toString());
        json.put("oldest", status.oldest().toString());
        json.put("retained_events", status.retainedEvents());
        json.put("retained_bytes", status.retainedBytes());
        json.put("log", status.log());
        json.put("subscribers", status.subscribers());
        return json;
    }

    private static Map<String, Object> json(SubscriptionStatus status) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", status.gatewayClientId());
        json.put("peer", status.peer());
        json.put("since", status.since().toString());
        json.put("cursor", status.cursor().toString());
        json.put("lag", status.lag());
        json.put("delivered", status.delivered());
        json.put("dropped", status.dropped());
        json.put("state", status.state().name().toLowerCase(Locale.ROOT));
        return json;
    }
}
