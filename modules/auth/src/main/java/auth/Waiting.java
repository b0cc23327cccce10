package auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What has yet to be published.
 *
 * @param revocations how many
 * @param oldest when the first of them was committed; null if there are none
 */
record Waiting(long revocations, @Nullable Instant oldest) {

    static final Waiting NONE = new Waiting(0, null);
}
