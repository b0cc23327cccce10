package app.cli;

import app.settings.Settings;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import push.gateway.ConnectionListener;
import push.gateway.End;
import push.gateway.EventHandler;
import push.gateway.GatewayClient;
import push.gateway.GatewayOptions;
import push.gateway.TracingHandler;
import push.protocol.v1.GatewaySubscribeRequest;
import push.protocol.v1.Opened;
import push.protocol.v1.PushEvent;
import push.protocol.v1.Start;
import push.tracing.Tracing;

/** {@code push tail}: subscribes as a gateway, and prints what arrives. */
final class TailCommand extends ClientCommand {

    private final Option<String> id =
            option("--id", "ID", String.class, "The gateway's id; default: an id that is unique to this process.");
    private final Option<String> cursor = option("--cursor", "C", String.class, "Resumes after this cursor.");
    private final Option<Boolean> earliest = flag("--earliest", "Starts with the oldest retained event.");
    private final Option<Long> count = option("--count", "N", Long.class, "Ends after this many events.");
    private final Option<Boolean> notices =
            flag("--notices", "Also prints notices about the stream; --count does not count them.");
    private final Option<Boolean> json = flag("--json", "Prints one JSON object per line.");

    TailCommand() {
        super("tail", "Subscribes as a gateway and prints the events; reconnects and resumes by itself.");
    }

    @Override
    public Integer call() throws InterruptedException {
        long wanted = count.or(Long.MAX_VALUE);
        if (wanted < 1) {
            throw usage("--count must be at least 1, but was " + wanted);
        }
        if (earliest.or(false) && cursor.optional().isPresent()) {
            throw usage("--earliest and --cursor cannot be used together");
        }
        GatewayOptions options = options();
        Optional<Tracing> tracing = Settings.loadTracing(
                        "push-tail", options.subscription().getGatewayClientId())
                .map(Tracing::open);
        try {
            return tail(options, wanted, tracing);
        } finally {
            tracing.ifPresent(Tracing::close);
        }
    }

    private int tail(GatewayOptions options, long wanted, Optional<Tracing> tracing) throws InterruptedException {
        CompletableFuture<End> enough = new CompletableFuture<>();
        EventHandler printer = new Printer(wanted, enough);
        EventHandler handler = tracing.<EventHandler>map(to -> new TracingHandler(to.deliveries(), printer))
                .orElse(printer);
        GatewayClient client = GatewayClient.start(options, handler, new ConnectionReporter());
        try (client) {
            Thread cursorPrinter = new Thread(() -> printCursor(client), "push-tail-cursor");
            Runtime.getRuntime().addShutdownHook(cursorPrinter);
            CompletableFuture.anyOf(client.end(), enough).join();
            Runtime.getRuntime().removeShutdownHook(cursorPrinter);
            if (!enough.isDone()) {
                throw new CliException(explain(client.awaitEnd()));
            }
        }
        if (tracing.isPresent()) {
            client.awaitEnd(); // the printer may not have returned yet, and its span would be lost
        }
        return PushCommand.OK;
    }

    private GatewayOptions options() {
        ConnectionOptions connection = connection();
        GatewaySubscribeRequest.Builder request = GatewaySubscribeRequest.newBuilder()
                .setGatewayClientId(id.or("tail-" + ProcessHandle.current().pid()))
                .setWantNotices(true); // notices report gaps, and provide a cursor before the first event
        cursor.optional().ifPresent(request::setCursor);
        if (earliest.or(false)) {
            request.setStart(Start.START_EARLIEST);
        }
        GatewayOptions options =
                GatewayOptions.of(connection.target(), request.build()).withFailFast(true);
        options = connection.tls().map(options::withTls).orElse(options);
        return connection.token().map(options::withToken).orElse(options);
    }

    private void printCursor(GatewayClient client) {
        String last = client.cursor();
        err().println(last.isEmpty() ? "push: no event arrived" : "push: resume with --cursor " + last);
        err().flush();
    }

    private String explain(End end) {
        return switch (end) {
            case End.NotConnected(Status status) ->
                isSecured()
                        ? "the hub at " + target() + " cannot be reached with TLS (" + text(status)
                                + "); see --ca, --cert and --key, or specify another hub with --target"
                        : "no hub responds at " + target() + " (" + text(status)
                                + "); start one with `push serve`, or specify another with --target";
            case End.Refused(Status status) -> "the hub at " + target() + " ended the subscription: " + text(status);
            case End.Failed(Throwable cause) -> CliException.explain(cause);
            case End.Closed() -> "closed";
        };
    }

    private static String text(Status status) {
        return status.getCode() + (status.getDescription() == null ? "" : ": " + status.getDescription());
    }

    /** Prints events until it has printed enough of them, or the reader closes the pipe. */
    private final class Printer implements EventHandler {

        private final CompletableFuture<End> enough;
        private long left;

        Printer(long wanted, CompletableFuture<End> enough) {
            this.left = wanted;
            this.enough = enough;
        }

        @Override
        public void handle(PushEvent event) {
            if (left <= 0) {
                return;
            }
            if (event.getNotice().hasOpened()) {
                reportResume(event.getNotice().getOpened().getResume());
            }
            if (event.getNotice().hasGap()) {
                err().println("push: " + EventText.gap(event.getNotice().getGap()));
            }
            if (!event.hasNotice()) {
                left--;
            } else if (!notices.or(false)) {
                return;
            }
            out().println(json.or(false) ? EventText.json(event) : EventText.line(event));
            if (left == 0 || out().checkError()) { // an error means that the reader closed the pipe
                left = 0;
                enough.complete(new End.Closed());
            }
        }
    }

    private void reportResume(Opened.Resume resume) {
        switch (resume) {
            case MALFORMED -> err().println("push: the cursor is malformed; continuing at the live tail");
            case FUTURE -> err().println("push: the cursor is past the end of the log; continuing at the live tail");
            default -> {} // nothing is lost, or a gap reports the loss
        }
    }

    /** Prints a line to stderr when the client connects or disconnects. */
    private final class ConnectionReporter implements ConnectionListener {

        @Override
        public void connected() {
            err().println("push: subscribed at " + target());
        }

        @Override
        public void disconnected(Status status, Duration delay) {
            err().println("push: disconnected (" + text(status) + "); reconnecting in " + delay.toMillis() + " ms");
        }
    }
}
