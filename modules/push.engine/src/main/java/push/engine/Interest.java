package push.engine;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which events a subscription is for. The components are ANDed; one that is empty asks for everything.
 *
 * @param users whose events
 * @param kinds which kinds of client event, at most 256; invalidations are of no kind, and always wanted
 * @param shard which share of the users, from 0 to {@code shardCount - 1}
 * @param shardCount into how many shares the users are divided, at most 2^32 - 1; 0 for no division
 */
public record Interest(UserIds users, Set<String> kinds, long shard, long shardCount) {

    /** Everything. */
    public static final Interest ALL = new Interest(UserIds.NONE, Set.of(), 0, 0);

    private static final long MAX_SHARDS = (1L << 32) - 1;

    private static final int MAX_KINDS = 256;

    /** The record, and the three objects that the set of kinds is made of. */
    private static final int FIXED_BYTES = 40 + 16 + 16 + 48;

    /** A node of a hash table whose keys collide, and two slots of the table with room for half as many again. */
    private static final int KIND_BYTES = 56 + 12;

    /** @throws IllegalArgumentException when nothing could ever match; the message names the field */
    public Interest {
        // Not Set.copyOf: that probes in a line, which a peer can make as long as it likes with kinds of one hash.
        kinds = Collections.unmodifiableSet(new HashSet<>(kinds));
        if (kinds.size() > MAX_KINDS) {
            throw new IllegalArgumentException(
                    "interest.kinds must be at most " + MAX_KINDS + ", and were " + kinds.size());
        }
        if (kinds.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("interest.kinds must not be blank");
        }
        if (shardCount < 0 || shardCount > MAX_SHARDS) {
            throw new IllegalArgumentException(
                    "interest.shard_count must be 0 to " + MAX_SHARDS + ", and was " + shardCount);
        }
        if (shard < 0 || shard >= Math.max(shardCount, 1)) {
            throw new IllegalArgumentException(
                    "interest.shard must be below interest.shard_count, and was " + shard + " of " + shardCount);
        }
    }

    /**
     * As the other, of a copy of the users.
     *
     * @throws IllegalArgumentException as the other
     */
    public Interest(Set<UUID> users, Set<String> kinds, long shard, long shardCount) {
        this(UserIds.copyOf(users), kinds, shard, shardCount);
    }

    /** What it takes on the heap, in bytes, with all that it holds: an estimate, which errs on the side of too much. */
    public long heapBytes() {
        long bytes = FIXED_BYTES + users.heapBytes();
        for (String kind : kinds) {
            bytes += KIND_BYTES + HeapSize.ofText(kind);
        }
        return bytes;
    }

    /** Whether there is nothing that it leaves out. */
    boolean isAll() {
        return users.isEmpty() && kinds.isEmpty() && !isSharded();
    }

    /** Whether it asks for a share of the users. */
    boolean isSharded() {
        return shardCount > 1;
    }

    /** Whether a user of that {@linkplain Shards#hash hash} is in its share. */
    boolean isForShard(long userHash) {
        return !isSharded() || userHash % shardCount == shard;
    }

    boolean matches(Entry entry) {
        return (users.isEmpty() || users.contains(entry.userId()))
                && (!isSharded() || isForShard(entry.userHash()))
                && (kinds.isEmpty() || isOfKind(entry.kind()));
    }

    private boolean isOfKind(@Nullable String kind) {
        return kind == null || kinds.contains(kind);
    }

    /** Whether it asks for client events of that kind. */
    boolean isForKind(String kind) {
        return kinds.isEmpty() || kinds.contains(kind);
    }
}
