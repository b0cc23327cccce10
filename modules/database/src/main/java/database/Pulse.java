package database;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Asks something that may hang, on a thread of its own; never twice at once. */
final class Pulse {

    private final BooleanSupplier question;
    private final AtomicReference<@Nullable CompletableFuture<Boolean>> underWay = new AtomicReference<>();

    Pulse(BooleanSupplier question) {
        this.question = question;
    }

    /** Whether the answer comes within that time, and is yes. */
    boolean felt(Duration atMost) {
        try {
            return asked().get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    /** The question that is under way already, or else a new one. */
    private CompletableFuture<Boolean> asked() {
        CompletableFuture<Boolean> own = new CompletableFuture<>();
        CompletableFuture<Boolean> other = underWay.compareAndExchange(null, own);
        if (other != null) {
            return other;
        }
        Thread.ofVirtual().name("database-pulse").start(() -> {
            try {
                own.complete(question.getAsBoolean());
            } catch (RuntimeException e) {
                own.completeExceptionally(e);
            } finally {
                underWay.set(null);
            }
        });
        return own;
    }
}
