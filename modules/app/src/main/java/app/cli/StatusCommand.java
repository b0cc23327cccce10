package app.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/** {@code push status}: shows the hub and its subscribers. */
final class StatusCommand extends ClientCommand {

    private static final long WATCH_SECONDS = 1;

    private final Option<Boolean> watch = flag("--watch", "Repeats every second until ^C.");
    private final Option<Boolean> json = flag("--json", "Prints one JSON object per line.");

    StatusCommand() {
        super("status", "Shows the hub and its subscribers, with their lag and dropped events.");
    }

    @Override
    public Integer call() throws InterruptedException {
        HubClient hub = hub();
        boolean again = watch.or(false);
        do {
            JsonNode status = hub.get("/api/v1/push/status");
            JsonNode subscribers = hub.get("/api/v1/push/subscribers");
            print(status, subscribers);
            again &= !out().checkError(); // an error means that the reader closed the pipe
            if (again) {
                TimeUnit.SECONDS.sleep(WATCH_SECONDS);
            }
        } while (again);
        return PushCommand.OK;
    }

    private void print(JsonNode status, JsonNode subscribers) {
        if (json.or(false)) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("status", status);
            line.put("subscribers", subscribers);
            out().println(http.Json.MAPPER.writeValueAsString(line));
            return;
        }
        hubTable(status).lines().forEach(out()::println);
        out().println();
        subscriberTable(subscribers).lines().forEach(out()::println);
        out().println();
    }

    private static Table hubTable(JsonNode status) {
        Table table = new Table("LOG", "EPOCH", "HEAD", "OLDEST", "EVENTS", "BYTES", "SUBSCRIBERS");
        table.row(
                text(status, "log"),
                text(status, "epoch"),
                text(status, "head"),
                text(status, "oldest"),
                text(status, "retained_events"),
                text(status, "retained_bytes"),
                text(status, "subscribers"));
        return table;
    }

    private static Table subscriberTable(JsonNode subscribers) {
        Table table = new Table("GATEWAY", "PEER", "SINCE", "CURSOR", "LAG", "DELIVERED", "DROPPED", "STATE");
        for (JsonNode one : subscribers) {
            table.row(
                    text(one, "id"),
                    text(one, "peer"),
                    text(one, "since"),
                    text(one, "cursor"),
                    text(one, "lag"),
                    text(one, "delivered"),
                    text(one, "dropped"),
                    text(one, "state"));
        }
        return table;
    }

    private static String text(JsonNode node, String field) {
        return EventText.printable(node.path(field).asString("")); // a gateway chooses its id
    }
}
