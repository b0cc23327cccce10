package logcontract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import push.engine.spi.LogEvent;

/**
 * An event of the tests.
 *
 * @param text what identifies the event
 * @param repeatable the once-id; null for none
 */
public record TestEvent(
        UUID orderKey,
        boolean isInvalidation,
        String text,
        @Nullable UUID repeatable) implements LogEvent {

    /** Returns a client event that is never appended again. */
    public static TestEvent of(UUID user, String text) {
        return new TestEvent(user, false, text, null);
    }

    /** Returns the same event with a once-id. */
    public TestEvent once(UUID id) {
        return new TestEvent(orderKey, isInvalidation, text, id);
    }

    @Override
    public Optional<UUID> session() {
        return Optional.empty();
    }

    @Override
    public Optional<UUID> onceId() {
        return Optional.ofNullable(repeatable);
    }

    @Override
    public byte[] bytes() {
        return (orderKey + (isInvalidation ? "i" : "c") + text).getBytes(UTF_8);
    }

    /** Decodes {@link #bytes}. */
    static TestEvent read(byte[] bytes) {
        String all = new String(bytes, UTF_8);
        int id = 36; // the characters of a UUID
        return new TestEvent(UUID.fromString(all.substring(0, id)), all.charAt(id) == 'i', all.substring(id + 1), null);
    }
}
