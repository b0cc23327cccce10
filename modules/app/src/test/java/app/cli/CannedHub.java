package app.cli;

import http.Json;
import http.Problem;
import http.Problems;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A hub with canned responses, which records the requests. */
final class CannedHub implements AutoCloseable {

    static final String STATUS = "{\"epoch\":\"e\",\"head\":\"e-9\",\"oldest\":\"e-3\",\"retained_events\":7,"
            + "\"retained_bytes\":512,\"log\":\"memory\",\"subscribers\":1}";
    static final String SUBSCRIBERS =
            "[{\"id\":\"edge-1\",\"peer\":\"192.0.2.1:4711\",\"since\":\"2026-01-01T10:00:00Z\","
                    + "\"cursor\":\"e-8\",\"lag\":1,\"delivered\":5,\"dropped\":2,\"state\":\"live\"}]";

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final WebServer server = WebServer.builder()
            .host("127.0.0.1")
            .port(0)
            .shutdownHook(false)
            .update(settings -> Problems.serve(settings, this::routes))
            .build()
            .start();
    private volatile @Nullable String refusal;
    private volatile int htmlStatus;
    private volatile String owner = "";

    private void routes(HttpRouting.Builder routing) {
        routing.any((request, response) -> refuseIfAsked(response))
                .post("/api/v1/notifications", (request, response) -> {
                    requests.add(summary(request) + " " + request.content().as(String.class));
                    Json.send(request, response, Status.ACCEPTED_202, Map.of("event_id", "n-1", "cursor", "e-1"));
                })
                .get("/api/v1/sessions/{id}", (request, response) -> {
                    requests.add(summary(request));
                    Json.send(request, response, Status.OK_200, Map.of("user_id", owner));
                })
                .delete("/api/v1/sessions/{id}", (request, response) -> {
                    requests.add(summary(request) + " reason=" + request.query().get("reason"));
                    response.status(Status.NO_CONTENT_204).send();
                })
                .delete("/api/v1/users/{id}/sessions", (request, response) -> {
                    requests.add(summary(request) + " reason=" + request.query().get("reason"));
                    Json.send(request, response, Status.OK_200, Map.of("revoked", 2));
                })
                .get("/api/v1/push/status", (request, response) -> json(response, STATUS))
                .get("/api/v1/push/subscribers", (request, response) -> json(response, SUBSCRIBERS));
    }

    private void refuseIfAsked(ServerResponse response) {
        if (htmlStatus != 0) {
            response.status(Status.create(htmlStatus))
                    .header(HeaderNames.CONTENT_TYPE, "text/html")
                    .send("<html>");
        } else if (refusal != null) {
            throw Problem.badRequest(refusal);
        } else {
            response.next();
        }
    }

    private static void json(ServerResponse response, String text) {
        response.header(HeaderNames.CONTENT_TYPE, "application/json").send(text);
    }

    private static String summary(ServerRequest request) {
        return request.prologue().method() + " " + request.path().path();
    }

    int port() {
        return server.port();
    }

    List<String> requests() {
        return requests;
    }

    void refuse(String detail) {
        refusal = detail;
    }

    void answerWithHtml(int status) {
        htmlStatus = status;
    }

    void sessionIsOf(String user) {
        owner = user;
    }

    @Override
    public void close() {
        server.stop();
    }
}
