package push.api;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Checks of ids. The nil UUID means "none" here, as it does for the services that publish. */
final class Ids {

    private static final UUID NIL = new UUID(0, 0);

    private Ids() {}

    static UUID required(String name, @Nullable UUID id) {
        if (id == null || id.equals(NIL)) {
            throw new IllegalArgumentException(
                    name + " is required, but was " + (id == null ? "null" : "the nil UUID"));
        }
        return id;
    }

    static @Nullable UUID orNull(@Nullable UUID id) {
        return NIL.equals(id) ? null : id;
    }
}
