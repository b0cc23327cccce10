package push.postgres;

import java.util.concurrent.CompletableFuture;
import push.engine.spi.Appended;
import push.engine.spi.LogEvent;

/** An append that has not ended. Safe for any number of threads. */
final class Pending {

    private final LogEvent event;
    private final byte[] body;
    private final long since = System.nanoTime();
    private final CompletableFuture<Appended> outcome = new CompletableFuture<>();

    Pending(LogEvent event) {
        this.event = event;
        this.body = event.bytes();
    }

    LogEvent event() {
        return event;
    }

    /** Returns the encoded event, which nobody changes. */
    byte[] body() {
        return body;
    }

    /** Returns when the append began, on the scale of {@link System#nanoTime}. */
    long since() {
        return since;
    }

    /** Returns what ends with the append. */
    CompletableFuture<Appended> outcome() {
        return outcome;
    }
}
